import { AppError, notFound } from '../../platform/errors/app-error.ts';
import type { CollectionCtx } from '../context.ts';
import type { EntryRow } from './row.ts';
import { runOnPartition } from './run.ts';

/**
 * Locks an entry until the transaction ends and checks that it is the version the caller expects.
 * Throws NOT_FOUND, FORBIDDEN for another's entry where only one's own may be changed,
 * PRECONDITION_FAILED, or PRECONDITION_REQUIRED where the collection wants one.
 */
export async function lockEntry(
  ctx: CollectionCtx,
  id: string,
  expectedVersion: number | undefined,
): Promise<EntryRow> {
  const row = (
    await runOnPartition<EntryRow>(ctx, ctx.collection.statements.lock, [id, ctx.project.id])
  )[0];
  if (!row || (ctx.publishedOnly && row.status !== 'published')) throw notFound();
  if (ctx.ownOnly && (row.created_by === null || row.created_by !== ctx.principal.id))
    throw new AppError('FORBIDDEN', 'You may change and delete only what you created.');
  if (expectedVersion === undefined && ctx.collection.options.require_if_match)
    throw new AppError('PRECONDITION_REQUIRED');
  if (expectedVersion !== undefined && expectedVersion !== row.version)
    throw new AppError('PRECONDITION_FAILED', undefined, {
      details: [
        { field: 'expected_version', message: `It is at version ${row.version}.`, code: 'version' },
      ],
    });
  return row;
}
