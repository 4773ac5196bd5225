import { type Ctx, transaction } from '../../content/context.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { projectReply } from './project.mapper.ts';
import type { ProjectOptions } from './project-options.ts';
import { lockProject, type ProjectRecord, readProject } from './project.repository.ts';
import { reachOf } from './reach.ts';
import { recordChange } from './record-change.ts';
import { restorableSince } from './restorable-since.ts';

const restore = {
  text: `update projects set deleted_at = null, updated_at = $2, revision = revision + 1
    where id = $1 and deleted_at > $3`,
};

/**
 * Takes a deletion back; a project that is not deleted stays as it is. Throws NOT_FOUND for who may not
 * delete the project, and when the grace period is over.
 */
export const restoreProject = ({ graceDays }: ProjectOptions, ctx: Ctx, id: string) =>
  transaction(ctx, async (tx) => {
    const own = reachOf(tx.principal, 'project:delete');
    if (own !== null && !own.includes(id)) throw notFound();
    const before = await lockProject(tx, id);
    if (before.deleted_at === null) return projectReply(before);
    const since = restorableSince(tx.clock, graceDays);
    await tx.sql.rows(restore, [id, tx.clock.now().toISOString(), since]);
    const after = (await readProject(tx.sql, id)) as ProjectRecord;
    if (after.deleted_at !== null) throw notFound();
    await recordChange(tx, 'restored', { before, after });
    return projectReply(after);
  });
