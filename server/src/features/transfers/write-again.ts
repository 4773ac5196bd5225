import { StaleSchemaError } from '../../content/schema/stale-schema.ts';
import { openCollection } from '../../content/policy/open-collection.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Row } from './row.ts';
import { type Fate, writeBatch, type Writing } from './write-batch.ts';

const MAX_ATTEMPTS = 5;
/** Serialisation failure and deadlock: PostgreSQL asks to try again. */
const transient = new Set(['40001', '40P01']);

/**
 * Writes a batch, and again where another request was in the way or the collection changed meanwhile.
 * The file goes on where it is, so it is the batch that is tried again and not the request.
 */
export async function writeAgain(first: Writing, rows: readonly Row[]): Promise<Fate[]> {
  let writing = first;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await writeBatch(writing, rows);
    } catch (error) {
      // Within another transaction nothing can be tried again but that.
      if (first.ctx.inTransaction) throw error;
      const stale = error instanceof StaleSchemaError;
      if (!stale && !transient.has(String((error as { code?: string }).code))) throw error;
      if (attempt === MAX_ATTEMPTS)
        throw new AppError('SERVICE_UNAVAILABLE', undefined, { cause: error });
      if (stale) writing = await reopened(writing);
    }
  }
}

async function reopened({ ctx, upsert, updates }: Writing): Promise<Writing> {
  ctx.schemas.forget(ctx.project.id);
  const open = (action: 'create' | 'update') =>
    openCollection(ctx, ctx.collection.id, { permission: 'content:write', action, writes: true });
  return {
    ctx: { ...ctx, ...(await open('create')) },
    upsert,
    updates: updates && !(updates instanceof AppError) ? await open('update') : updates,
  };
}
