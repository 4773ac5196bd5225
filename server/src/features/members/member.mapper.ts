import type { Member, Permission, ProjectRole } from '@cms/contracts';
import { isoTime } from '../../content/entries/row.ts';
import type { Ctx } from '../../content/context.ts';
import { type Scope, statements } from './scope.ts';

/** A member with its account. */
export interface MemberRow {
  readonly user_id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: ProjectRole | 'custom';
  readonly role_id: string | null;
  readonly role_name: string | null;
  readonly permissions: Permission[] | null;
  readonly joined_at: string;
}

/** The columns of a MemberRow, and where they come from; `$1` is the scope. */
export const selectMembers = ({ members, key }: { members: string; key: string }): string =>
  `select a.id as user_id, a.email, a.name, m.role, r.id as role_id, r.name as role_name, r.permissions,
    m.created_at as joined_at
  from ${members} m join accounts a on a.id = m.account_id left join roles r on r.id = m.custom_role_id
  where m.${key} = $1`;

const one = statements((names) => `${selectMembers(names)} and a.id = $2`);

/** A member of a scope; undefined where the account is none. */
export async function findMember(
  { sql }: Pick<Ctx, 'sql'>,
  { kind, id }: Scope,
  accountId: string,
): Promise<MemberRow | undefined> {
  const [row] = await sql.rows<MemberRow>(one[kind], [id, accountId]);
  return row;
}

/** A member as the wire shows it. */
export const toMember = (row: MemberRow): Member => ({
  id: row.user_id,
  user_id: row.user_id,
  email: row.email,
  name: row.name,
  role: row.role_name ?? row.role,
  role_id: row.role_id,
  status: 'active',
  joined_at: isoTime(row.joined_at),
  invited_at: null,
  expires_at: null,
});
