import { notFound } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';
import { prepared } from '../../platform/db/sql.ts';
import type { CollectionCtx } from '../context.ts';
import type { Order } from './order.ts';
import { type EntryRow, rowColumns } from './row.ts';
import { runOnPartition } from './run.ts';

/** One entry by id. Throws NOT_FOUND for what is missing or hidden from the caller alike. */
export async function readEntry(ctx: CollectionCtx, id: string): Promise<EntryRow> {
  if (!isId('ent', id)) throw notFound();
  const { rule } = ctx;
  const { get } = ctx.collection.statements;
  const statement = rule ? prepared(`${get.text} and ${rule.where(3)}`) : get;
  const values = [id, ctx.project.id, ...(rule ? rule.values() : [])];
  const [row] = await runOnPartition<EntryRow>(ctx, statement, values);
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

/**
 * A window of the entries that are open to the caller, in the given order; one row more is read to
 * know of more.
 */
export async function readEntries(
  ctx: CollectionCtx,
  window: Window,
  order: Order,
  counted: boolean,
): Promise<EntryList> {
  const { rule } = ctx;
  const where = `stage = 'current' and project_id = $1${ctx.publishedOnly ? " and status = 'published'" : ''}`;
  const ruled = (first: number) => (rule ? `${where} and ${rule.where(first)}` : where);
  const ruleValues = rule ? rule.values() : [];
  const { table } = ctx.collection.statements;
  const [rows, counts] = await Promise.all([
    runOnPartition<EntryRow>(
      ctx,
      order.prepare(
        `select ${rowColumns} from ${table} where ${ruled(4)} order by ${order.sql} limit $2 offset $3`,
      ),
      [ctx.project.id, window.limit + 1, window.offset, ...ruleValues],
    ),
    counted
      ? runOnPartition<{ total: string }>(
          ctx,
          { text: `select count(*) as total from ${table} where ${ruled(2)}` },
          [ctx.project.id, ...ruleValues],
        )
      : undefined,
  ]);
  const more = rows.length > window.limit;
  if (more) rows.pop();
  return { rows, more, total: counts ? Number(counts[0]?.total ?? 0) : null };
}
