import { type CollectionCtx, transaction } from '../../content/context.ts';
import { lockEntry } from '../../content/entries/lock.ts';
import { removeEntries } from '../../content/entries/remove.ts';

/**
 * Deletes an entry and does to those that refer to it what their fields say. Throws NOT_FOUND,
 * PRECONDITION_FAILED, or CONFLICT that names who still refers to it.
 */
export const deleteEntry = (
  ctx: CollectionCtx,
  input: { readonly id: string; readonly expected_version?: number | undefined },
): Promise<void> =>
  transaction(ctx, async (tx) => {
    await lockEntry(tx, input.id, input.expected_version);
    await removeEntries(tx, [input.id]);
  });
