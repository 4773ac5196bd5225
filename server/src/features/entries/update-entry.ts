import { type CollectionCtx, transaction } from '../../content/context.ts';
import { changeEntry } from '../../content/entries/change.ts';
import { lockEntry } from '../../content/entries/lock.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { readDraft, refusedDraft, sentData, type WrittenFields } from './read-draft.ts';

/**
 * Merges fields into an entry; null clears one. Throws NOT_FOUND, FORBIDDEN where a rule of the collection or a field says so,
 * PRECONDITION_FAILED when it is not at the expected version, VALIDATION_ERROR with every bad field.
 */
export const updateEntry = (
  ctx: CollectionCtx,
  input: WrittenFields & { readonly id: string; readonly expected_version?: number | undefined },
): Promise<EntryRow> =>
  transaction(ctx, async (tx) => {
    const row = await lockEntry(tx, input.id, input.expected_version, sentData(tx, input));
    const stored = JSON.parse(row.data) as Record<string, unknown>;
    const draft = readDraft(tx, input, (data) => tx.collection.validator.update(stored, data));
    if (!draft.ok) throw refusedDraft(tx, draft.issues);
    return changeEntry(tx, {
      id: input.id,
      status: draft.status ?? row.status,
      data: draft.data,
      references: draft.references,
    });
  });
