import type { CollectionCtx } from '../../content/context.ts';
import { readEntries } from '../../content/entries/read.ts';
import { newestFirst } from '../../content/entries/order.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { notFound } from '../../platform/errors/app-error.ts';

/** The one entry of a singleton, or undefined before its first write. */
export async function findSingleton(ctx: CollectionCtx): Promise<EntryRow | undefined> {
  if (ctx.collection.type !== 'singleton') throw notFound();
  const order = newestFirst(ctx.collection);
  const { rows } = await readEntries(ctx, { order, limit: 1, offset: 0, count: 'none' });
  return rows[0];
}

/** The one entry of a singleton. Throws NOT_FOUND before its first write, and for other collections. */
export async function readSingleton(ctx: CollectionCtx): Promise<EntryRow> {
  const row = await findSingleton(ctx);
  if (!row) throw notFound();
  return row;
}
