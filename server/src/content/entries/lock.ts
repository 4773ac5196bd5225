import { AppError, notFound } from '../../platform/errors/app-error.ts';
import type { CollectionCtx } from '../context.ts';
import { StaleSchemaError } from '../schema/stale-schema.ts';
import type { EntryRow } from './row.ts';

/**
 * Locks an entry until the transaction ends and checks that it is the version the caller expects.
 * Throws NOT_FOUND, PRECONDITION_FAILED, or PRECONDITION_REQUIRED where the collection wants one.
 */
export async function lockEntry(
  ctx: CollectionCtx,
  id: string,
  expectedVersion: number | undefined,
): Promise<EntryRow> {
  const row = (await lockRow(ctx, id))[0];
  if (!row || (ctx.publishedOnly && row.status !== 'published')) throw notFound();
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

async function lockRow(ctx: CollectionCtx, id: string): Promise<EntryRow[]> {
  try {
    return await ctx.sql.rows<EntryRow>(ctx.collection.statements.lock, [id, ctx.project.id]);
  } catch (error) {
    // The partition went with its collection.
    if ((error as { code?: string }).code === '42P01') throw new StaleSchemaError();
    throw error;
  }
}
