import type { Invitation, Member, Permission, ProjectRole } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { isoTime } from '../../content/entries/row.ts';
import { prepared } from '../../platform/db/sql.ts';
import type { Scope } from './scope.ts';

/** An invitation with its role. */
export interface InvitationRow {
  readonly id: string;
  readonly email: string;
  readonly role: ProjectRole | 'custom';
  readonly role_id: string | null;
  readonly role_name: string | null;
  readonly permissions: Permission[] | null;
  readonly invited_by: string | null;
  readonly created_at: string;
  readonly expires_at: string;
}

/** The columns of an InvitationRow, of those that are open; `$1` is the scope, `$2` the time. */
export const selectInvitations = `select i.id, i.email, i.role, r.id as role_id, r.name as role_name, r.permissions,
    i.invited_by, i.created_at, i.expires_at
  from invitations i left join roles r on r.id = i.custom_role_id
  where i.scope_id = $1 and i.expires_at > $2`;

const one = prepared(`${selectInvitations} and i.id = $3`);

/** An open invitation of a scope; undefined where there is none. */
export async function findInvitation(
  { sql, clock }: Pick<Ctx, 'sql' | 'clock'>,
  { id }: Scope,
  invitationId: string,
): Promise<InvitationRow | undefined> {
  const values = [id, clock.now().toISOString(), invitationId];
  const [row] = await sql.rows<InvitationRow>(one, values);
  return row;
}

/** An invitation as the wire shows it. */
export const toInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role_name ?? row.role,
  role_id: row.role_id,
  invited_by: row.invited_by,
  invited_at: isoTime(row.created_at),
  expires_at: isoTime(row.expires_at),
});

/** The member that an invitation will make. */
export const toInvited = (row: InvitationRow): Member => ({
  id: row.id,
  user_id: null,
  email: row.email,
  name: null,
  role: row.role_name ?? row.role,
  role_id: row.role_id,
  status: 'invited',
  joined_at: null,
  invited_at: isoTime(row.created_at),
  expires_at: isoTime(row.expires_at),
});
