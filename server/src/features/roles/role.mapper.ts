import type { CustomRole, ProjectPermission } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { isoTime } from '../../content/entries/row.ts';
import { prepared } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors/app-error.ts';

/** A role with how many have it. */
export interface CustomRoleRow {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly permissions: ProjectPermission[];
  readonly members: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The columns of a CustomRoleRow; `$1` is the team or project. */
export const selectRoles = `select r.id, r.name, r.description, r.permissions, r.created_at, r.updated_at,
    (select count(*)::int from team_members where custom_role_id = r.id)
      + (select count(*)::int from project_members where custom_role_id = r.id) as members
  from roles r where r.scope_id = $1`;

const one = prepared(`${selectRoles} and r.id = $2`);

/** A role of a team or a project. Throws NOT_FOUND. */
export async function findRole(
  { sql }: Pick<Ctx, 'sql'>,
  scopeId: string,
  id: string,
): Promise<CustomRoleRow> {
  const [row] = await sql.rows<CustomRoleRow>(one, [scopeId, id]);
  if (!row) throw notFound();
  return row;
}

/** A role as the wire shows it. */
export const toCustomRole = (row: CustomRoleRow): CustomRole => ({
  id: row.id,
  name: row.name,
  description: row.description,
  permissions: row.permissions,
  members: { total: row.members },
  created_at: isoTime(row.created_at),
  updated_at: isoTime(row.updated_at),
});
