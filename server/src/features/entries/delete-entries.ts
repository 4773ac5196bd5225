import { type CollectionCtx, transaction } from '../../content/context.ts';
import { ItemsRefused } from '../../content/entries/items-refused.ts';
import { lockEntries } from '../../content/entries/lock.ts';
import { removeEntries } from '../../content/entries/remove.ts';
import { AppError } from '../../platform/errors/app-error.ts';

/** An entry to delete. */
export interface Deletion {
  readonly id: string;
  readonly expected_version?: number | undefined;
}

/**
 * Deletes entries, all or none, and does to those that refer to them what their fields say. Gives their
 * ids. Throws ItemsRefused: NOT_FOUND, FORBIDDEN, PRECONDITION_FAILED, or CONFLICT that names who still
 * refers to one.
 */
export const deleteEntries = (
  ctx: CollectionCtx,
  deletions: readonly Deletion[],
): Promise<string[]> =>
  transaction(ctx, async (tx) => {
    const locked = await lockEntries(
      tx,
      deletions.map(({ id, expected_version }) => ({ id, expectedVersion: expected_version })),
    );
    const refused = [...locked.entries()].filter(
      (entry): entry is [number, AppError] => entry[1] instanceof AppError,
    );
    if (refused.length > 0) throw new ItemsRefused(new Map(refused));
    const ids = deletions.map(({ id }) => id);
    await removeEntries(tx, ids);
    return ids;
  });
