import type { Ctx } from '../../content/context.ts';
import { AppError, invalid } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';
import { type Accounts, announceAccount } from '../accounts/index.ts';
import { reachesAll } from './reach.ts';

// The lock keeps newcomers waiting: whoever joins the team later finds the project with it.
const find = { text: 'select 1 from teams where id = $1 for update' };
const roleIn = { text: 'select role from team_members where team_id = $1 and account_id = $2' };
const members = { text: 'select account_id from team_members where team_id = $1' };

/**
 * Checks that the caller may give a project to a team. To be called in a transaction, before the
 * project is written. Throws VALIDATION_ERROR for a team that is missing or foreign, FORBIDDEN for a
 * member who is neither its owner nor an administrator of it.
 */
export async function assertMayAssign(tx: Ctx, teamId: string): Promise<void> {
  if (!isId('team', teamId)) throw noTeam();
  const [team] = await tx.sql.rows(find, [teamId]);
  if (team && reachesAll(tx.principal)) return;
  const caller = tx.principal.kind === 'user' ? tx.principal.accountId : null;
  const [member] = await tx.sql.rows<{ role: string }>(roleIn, [teamId, caller]);
  if (!team || !member) throw noTeam();
  if (member.role !== 'owner' && member.role !== 'admin')
    throw new AppError('FORBIDDEN', 'Only owners and administrators of a team give it projects.');
}

const noTeam = (): AppError => {
  const message = 'There is no such team, or you are not one of its members.';
  return invalid([{ field: 'team_id', message, code: 'reference' }]);
};

/** Tells every server that what a team's members reach has changed. */
export async function announceTeam(accounts: Accounts, tx: Ctx, teamId: string): Promise<void> {
  const rows = await tx.sql.rows<{ account_id: string }>(members, [teamId]);
  for (const { account_id } of rows) await announceAccount(accounts.sessions, tx, account_id);
}
