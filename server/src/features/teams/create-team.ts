import { type Ctx, transaction } from '../../content/context.ts';
import { ownsInstance } from '../../content/permissions-in-team.ts';
import { platformOne } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError, invalid } from '../../platform/errors/app-error.ts';
import { type Accounts, announceAccount } from '../accounts/index.ts';
import { recordIn } from '../members/index.ts';
import { refuseKeys } from './refuse-keys.ts';
import { accountOf, findTeam } from './team.mapper.ts';

/** Teams that one account may have made, so that nobody fills the instance. */
const MAX_OWN_TEAMS = 100;

const count = prepared('select count(*)::int as total from teams where created_by = $1');
const insert = prepared(
  `insert into teams (id, name, description, created_by, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $5)`,
);
const own = prepared(
  `insert into team_members (account_id, team_id, role, created_at) values ($1, $2, 'owner', $3)`,
);

/** Makes a team that its maker owns, the root key's nobody in particular. Throws FORBIDDEN. */
export const createTeam = (
  accounts: Accounts,
  ctx: Ctx,
  input: { readonly name: string; readonly description?: string | null | undefined },
) =>
  transaction(ctx, async (tx) => {
    await assertMayCreate(accounts, tx);
    const accountId = accountOf(tx);
    const id = tx.newId('team');
    const at = tx.clock.now().toISOString();
    const { name, description = null } = input;
    await tx.sql.rows(insert, [id, name, description, accountId, at]);
    if (accountId !== null) {
      await tx.sql.rows(own, [accountId, id, at]);
      await announceAccount(accounts.sessions, tx, accountId);
    }
    await recordIn(tx, { kind: 'team', id }, { type: 'team.created', after: { id, name } });
    return platformOne(await findTeam(tx, id));
  });

async function assertMayCreate({ registration }: Accounts, tx: Ctx): Promise<void> {
  refuseKeys(tx);
  if (ownsInstance(tx.principal)) return;
  if (registration !== 'open')
    throw new AppError('FORBIDDEN', 'Only an administrator of the instance makes teams here.');
  const [made] = await tx.sql.rows<{ total: number }>(count, [accountOf(tx)]);
  if ((made?.total ?? 0) < MAX_OWN_TEAMS) return;
  const message = `An account makes ${MAX_OWN_TEAMS} teams at most; delete one.`;
  throw invalid([{ field: 'name', message, code: 'max_items' }]);
}
