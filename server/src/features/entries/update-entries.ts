import { type CollectionCtx, transaction } from '../../content/context.ts';
import { type Change, changeEntries } from '../../content/entries/change.ts';
import { ItemsRefused } from '../../content/entries/items-refused.ts';
import { lockEntries } from '../../content/entries/lock.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { readDraft, refusedDraft, sentData, type WrittenFields } from './read-draft.ts';

/** Fields to merge into an entry; null clears one. */
export interface Update extends WrittenFields {
  readonly id: string;
  readonly expected_version?: number | undefined;
}

/**
 * Changes entries, all or none: all are locked, checked and written together. Throws ItemsRefused: NOT_FOUND,
 * FORBIDDEN where a rule of the collection or a field says so, PRECONDITION_FAILED for one that is not at the expected version,
 * VALIDATION_ERROR with every bad field; and RefusedWrite where a unique value is taken.
 */
export const updateEntries = (
  ctx: CollectionCtx,
  updates: readonly Update[],
): Promise<EntryRow[]> =>
  transaction(ctx, async (tx) => {
    const locked = await lockEntries(
      tx,
      updates.map((update) => ({
        id: update.id,
        expectedVersion: update.expected_version,
        sent: sentData(tx, update),
      })),
    );
    const failures = new Map<number, AppError>();
    const changes: Change[] = [];
    for (const [at, update] of updates.entries()) {
      const change = changeOf(tx, locked[at] as EntryRow | AppError, update);
      if (change instanceof AppError) failures.set(at, change);
      else changes.push(change);
    }
    if (failures.size > 0) throw new ItemsRefused(failures);
    return changeEntries(tx, changes);
  });

function changeOf(
  ctx: CollectionCtx,
  row: EntryRow | AppError,
  update: WrittenFields,
): Change | AppError {
  if (row instanceof AppError) return row;
  const stored = JSON.parse(row.data) as Record<string, unknown>;
  const draft = readDraft(ctx, update, (data) => ctx.collection.validator.update(stored, data));
  if (!draft.ok) return refusedDraft(ctx, draft.issues);
  const { data, references } = draft;
  return { id: row.entry_id, status: draft.status ?? row.status, data, references };
}
