import type { AffectedEntries } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import { deleteEntries } from './delete-entries.ts';
import { type Where, writeWhere } from './write-where.ts';

/** Deletes all entries that meet a filter, all or none. */
export const deleteWhere = (ctx: CollectionCtx, where: Where): Promise<AffectedEntries> =>
  writeWhere(ctx, where, (tx, ids) =>
    deleteEntries(
      tx,
      ids.map((id) => ({ id })),
    ),
  );
