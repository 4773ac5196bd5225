import { type Ctx, transaction } from '../../content/context.ts';
import { assertVersion } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { type Accounts, announceAccounts } from '../accounts/index.ts';
import { lockScope, recordIn } from '../members/index.ts';
import { findTeam } from './team.mapper.ts';

const projects = prepared('select id from projects where team_id = $1 limit 1');
const removeMembers = prepared(
  'delete from team_members where team_id = $1 returning account_id as id',
);
const removeInvitations = prepared('delete from invitations where scope_id = $1');
const removeRoles = prepared('delete from roles where scope_id = $1');
const removeTeam = prepared('delete from teams where id = $1');
/** What PostgreSQL says of rows that others refer to. */
const referred = new Set(['23503', '23001']);

/**
 * Deletes a team with its members, invitations and roles. Throws CONFLICT while it has projects, also
 * one that comes at this very moment: the database holds the reference.
 */
export const deleteTeam = (
  accounts: Accounts,
  ctx: Ctx,
  { id, expected_version }: { readonly id: string; readonly expected_version?: number | undefined },
): Promise<void> =>
  transaction(ctx, async (tx) => {
    await lockScope(tx, { kind: 'team', id });
    const team = await findTeam(tx, id);
    assertVersion(expected_version, team);
    const [project] = await tx.sql.rows(projects, [id]);
    if (project) throw hasProjects();
    const members = await tx.sql.rows<{ id: string }>(removeMembers, [id]);
    await tx.sql.rows(removeInvitations, [id]);
    await tx.sql.rows(removeRoles, [id]);
    await tx.sql.rows(removeTeam, [id]).catch((error: unknown) => {
      throw referred.has(String((error as { code?: string }).code)) ? hasProjects() : error;
    });
    const accountIds = members.map((member) => member.id);
    await announceAccounts(accounts.sessions, tx, accountIds);
    await recordIn(
      tx,
      { kind: 'team', id },
      { type: 'team.deleted', before: { id, name: team.name } },
    );
  });

const hasProjects = () =>
  new AppError(
    'CONFLICT',
    'The team has projects, deleted ones among them until they are removed for good; move or delete them first.',
  );
