import type { Ctx } from '../../content/context.ts';
import { projectsChannel } from './project-registry.ts';

const notify = { text: 'select pg_notify($1, $2)' };

/** Tells every server, within the change's transaction, that a project changed. */
export async function announceProject(tx: Ctx, projectId: string): Promise<void> {
  await tx.sql.rows(notify, [projectsChannel, projectId]);
  tx.after(() => tx.projects.forget(projectId));
}
