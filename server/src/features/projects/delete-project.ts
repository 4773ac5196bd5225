import type { contracts } from '@cms/contracts';
import type { HandlerOf } from '../../content/handlers.ts';
import { transaction } from '../../content/context.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { lockLiveProject } from './project.repository.ts';
import { recordChange } from './record-change.ts';

const remove = {
  text: `update projects set deleted_at = $2, updated_at = $2, revision = revision + 1 where id = $1`,
};

/**
 * Deletes a project: from then on no server knows it. Its data is removed when it can no longer be
 * restored (remove-deleted.ts). Throws CONFLICT for the default project.
 */
export const deleteProject: HandlerOf<typeof contracts.projects.delete> = (ctx, input) =>
  transaction(ctx, async (tx) => {
    const before = await lockLiveProject(tx, input.id, input.expected_version);
    if (before.is_default)
      throw new AppError(
        'CONFLICT',
        'This is the default project, which requests without a project need; archive it instead.',
      );
    await tx.sql.rows(remove, [before.id, tx.clock.now().toISOString()]);
    await recordChange(tx, 'deleted', { before });
  });
