import { notFound } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';
import type { CollectionCtx } from '../context.ts';
import type { Order } from './order.ts';
import { type EntryRow, rowColumns } from './row.ts';
import { runOnPartition } from './run.ts';

/** One entry by id. Throws NOT_FOUND for what is missing or hidden from the caller alike. */
export async function readEntry(ctx: CollectionCtx, id: string): Promise<EntryRow> {
  if (!isId('ent', id)) throw notFound();
  const [row] = await runOnPartition<EntryRow>(ctx, ctx.collection.statements.get, [
    id,
    ctx.project.id,
  ]);
  if (!row || (ctx.publishedOnly && row.status !== 'published')) throw notFound();
  return row;
}

export interface Window {
  readonly limit: number;
  readonly offset: number;
}

export interface EntryList {
  readonly rows: readonly EntryRow[];
  /** Null when not counted. */
  readonly total: number | null;
  /** Whether there are rows behind these. */
  readonly more: boolean;
}

/** A window of a collection's entries in the given order; one row more is read to know of more. */
export async function readEntries(
  ctx: CollectionCtx,
  window: Window,
  order: Order,
  counted: boolean,
): Promise<EntryList> {
  const where = `stage = 'current' and project_id = $1${ctx.publishedOnly ? " and status = 'published'" : ''}`;
  const { table } = ctx.collection.statements;
  const [rows, counts] = await Promise.all([
    runOnPartition<EntryRow>(
      ctx,
      order.prepare(
        `select ${rowColumns} from ${table} where ${where} order by ${order.sql} limit $2 offset $3`,
      ),
      [ctx.project.id, window.limit + 1, window.offset],
    ),
    counted
      ? runOnPartition<{ total: string }>(
          ctx,
          { text: `select count(*) as total from ${table} where ${where}` },
          [ctx.project.id],
        )
      : undefined,
  ]);
  const more = rows.length > window.limit;
  if (more) rows.pop();
  return { rows, more, total: counts ? Number(counts[0]?.total ?? 0) : null };
}
