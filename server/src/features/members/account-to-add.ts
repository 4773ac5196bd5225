import type { Ctx } from '../../content/context.ts';
import { ownsInstance } from '../../content/permissions-in-team.ts';
import { AppError, invalid } from '../../platform/errors/app-error.ts';
import { type Scope, statements } from './scope.ts';

/** Whom a body means. */
export interface Whom {
  readonly email?: string | undefined;
  readonly user_id?: string | undefined;
}

interface Row {
  readonly id: string;
  readonly email: string;
  readonly verified: boolean;
  /** Whether it is a member already. */
  readonly joined: boolean;
  /** Whether the caller sees it among the members of something else. */
  readonly known: boolean;
}

// The caller's places with the right to see their members, those of its teams' projects among them,
// and the account's places: one in common is an acquaintance.
const find = statements(
  ({ members, key }) => `with seen as (
    select team_id as place, role, custom_role_id from team_members where account_id = $4
    union all
    select project_id, role, custom_role_id from project_members where account_id = $4
    union all
    select p.id, t.role, t.custom_role_id
    from team_members t join projects p on p.team_id = t.team_id where t.account_id = $4
  )
  select a.id, a.email, a.verified,
    exists (select 1 from ${members} m where m.account_id = a.id and m.${key} = $3) as joined,
    exists (
      select 1 from seen left join roles r on r.id = seen.custom_role_id
      where (seen.role <> 'custom' or r.permissions @> '["members:read"]') and seen.place in (
        select team_id from team_members where account_id = a.id
        union all
        select project_id from project_members where account_id = a.id)) as known
  from accounts a where a.active and (a.id = $1 or lower(a.email) = lower($2))`,
);

/**
 * The account that can be added at once; undefined for an address that is to be invited. So that
 * nobody learns from it who has an account, or whose an id is, only those are added at once whom the
 * caller sees elsewhere, and addresses only once they are verified. Throws VALIDATION_ERROR for an id
 * of nobody, CONFLICT for who is a member already.
 */
export async function accountToAdd(
  tx: Ctx,
  { kind, id }: Scope,
  whom: Whom,
): Promise<string | undefined> {
  assertOne(whom);
  const { principal } = tx;
  const caller = principal.kind === 'user' ? principal.accountId : null;
  const values = [whom.user_id ?? null, whom.email ?? null, id, caller];
  const [row] = await tx.sql.rows<Row>(find[kind], values);
  if (row?.joined) throw alreadyMember(kind, whom);
  const known = row !== undefined && (row.known || ownsInstance(principal));
  if (known && (whom.user_id !== undefined || row.verified)) return row.id;
  if (whom.user_id === undefined) return undefined;
  const message = 'There is no account with this id that you know; invite the person by email.';
  throw invalid([{ field: 'user_id', message, code: 'unknown_account' }]);
}

function assertOne({ email, user_id }: Whom): void {
  if ((email === undefined) !== (user_id === undefined)) return;
  const both = email !== undefined;
  const message = `Send email or user_id${both ? ', not both' : ''}.`;
  throw invalid([{ field: 'email', message, code: both ? 'not_together' : 'required' }]);
}

/** Who adds members sees them, so this tells nothing new. */
export function alreadyMember(kind: Scope['kind'], { email }: Whom): AppError {
  const message = `This account is in the ${kind} already; change its role instead.`;
  const field = email === undefined ? 'user_id' : 'email';
  return new AppError('CONFLICT', message, { details: [{ field, message, code: 'unique' }] });
}
