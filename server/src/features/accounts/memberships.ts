import { type Permission, type ProjectRole, rolePermissions } from '@cms/contracts';

/** SQL: what the account `a` is in projects, by itself and by its teams, as JSON text. */
export const membershipsOfAccount = `coalesce((
      select jsonb_agg(jsonb_build_array(m.project_id, m.role, r.permissions) order by m.created_at)
      from (
        select project_id, role, custom_role_id, created_at from project_members where account_id = a.id
        union all
        select p.id, t.role, t.custom_role_id, t.created_at
        from team_members t join projects p on p.team_id = t.team_id where t.account_id = a.id
      ) m left join roles r on r.id = m.custom_role_id), '[]')::text`;

/** SQL: what the account `a` is in teams, as JSON text. */
export const teamsOfAccount = `coalesce((
      select jsonb_agg(jsonb_build_array(t.team_id, t.role, r.permissions))
      from team_members t left join roles r on r.id = t.custom_role_id
      where t.account_id = a.id), '[]')::text`;

/** A project or team, what the account is in it, and what a custom role allows. */
type Membership = [id: string, role: ProjectRole | 'custom', custom: Permission[] | null];

/** What memberships come to: several of one project, by a team say, add up. */
export function permissionsById(text: string): Map<string, Set<Permission>> {
  const held = new Map<string, Set<Permission>>();
  for (const [id, role, custom] of JSON.parse(text) as Membership[]) {
    const allowed = role === 'custom' ? (custom ?? []) : rolePermissions[role];
    held.set(id, new Set([...(held.get(id) ?? []), ...allowed]));
  }
  return held;
}
