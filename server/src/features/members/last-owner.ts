import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Home, Scope } from './scope.ts';

const others = prepared(
  `select account_id from team_members where team_id = $1 and role = 'owner' and account_id <> $2
  union all
  select account_id from project_members where project_id = $1 and role = 'owner' and account_id <> $2
  union all
  select t.account_id from projects p join team_members t on t.team_id = p.team_id
  where p.id = $1 and t.role = 'owner'
  limit 1`,
);

/**
 * Throws CONFLICT where nobody would own the scope any more without this one. The scope is locked, so
 * of two owners who leave at once the second finds itself the last.
 */
export async function assertOwnerRemains(
  tx: Ctx,
  scope: Scope,
  home: Home,
  accountId: string,
): Promise<void> {
  if (home.ownedByInstance) return;
  const rest = await tx.sql.rows(others, [scope.id, accountId]);
  if (rest.length > 0) return;
  const message = `This is the last owner of the ${scope.kind}; make somebody else an owner first.`;
  throw new AppError('CONFLICT', message, {
    details: [{ field: 'role', message, code: 'last_owner' }],
  });
}
