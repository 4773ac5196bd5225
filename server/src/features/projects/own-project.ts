import type { Ctx } from '../../content/context.ts';

const insert = {
  text: `insert into project_members (account_id, project_id, role, created_at) values ($1, $2, 'owner', $3)
    on conflict (account_id, project_id) do update set role = 'owner', custom_role_id = null`,
};

/** Makes an account the owner of a project, whatever it was there before. */
export async function ownProject(tx: Ctx, projectId: string, accountId: string): Promise<void> {
  await tx.sql.rows(insert, [accountId, projectId, tx.clock.now().toISOString()]);
}
