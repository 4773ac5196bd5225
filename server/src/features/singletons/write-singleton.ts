import type { CollectionCtx } from '../../content/context.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { createEntries, updateEntries, writeOne, type WrittenFields } from '../entries/index.ts';
import { findSingleton } from './read-singleton.ts';

/**
 * Merges fields into the entry of a singleton, which its first write creates. When two first writes
 * meet, the database lets one create and the other one's fields are merged into that.
 */
export async function writeSingleton(
  ctx: CollectionCtx,
  input: WrittenFields & { readonly expected_version?: number | undefined },
): Promise<EntryRow> {
  // Whether the caller may change it is for the update to say.
  const found = () => findSingleton({ ...ctx, publishedOnly: false, rule: undefined });
  const existing = await found();
  const update = (id: string) => writeOne(ctx, { ...input, id }, updateEntries);
  if (existing) return update(existing.entry_id);
  if (input.expected_version !== undefined) throw new AppError('PRECONDITION_FAILED');
  try {
    return await writeOne(ctx, input, createEntries);
  } catch (error) {
    const rival = error instanceof AppError && error.code === 'CONFLICT' && !ctx.inTransaction;
    const made = rival ? await found() : undefined;
    if (!made) throw error;
    return update(made.entry_id);
  }
}
