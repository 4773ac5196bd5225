import type { Ctx } from '../../content/context.ts';

const whateverBefore = `on conflict (account_id, project_id) do update set role = 'owner', custom_role_id = null`;
const own = {
  text: `insert into project_members (account_id, project_id, role, created_at) values ($1, $2, 'owner', $3) ${whateverBefore}`,
};
const keep = {
  text: `insert into project_members (account_id, project_id, role, created_at)
    select account_id, $2, 'owner', $3 from team_members where team_id = $1 and role = 'owner' ${whateverBefore}`,
};

/** Makes an account the owner of a project, whatever it was there before. */
export async function ownProject(tx: Ctx, projectId: string, accountId: string): Promise<void> {
  await tx.sql.rows(own, [accountId, projectId, tx.clock.now().toISOString()]);
}

/** The same for every owner of a team. */
export async function keepOwners(tx: Ctx, projectId: string, teamId: string | null): Promise<void> {
  await tx.sql.rows(keep, [teamId, projectId, tx.clock.now().toISOString()]);
}
