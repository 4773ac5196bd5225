import { notFound } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';
import { prepared, preparedWhenHot } from '../../platform/db/sql.ts';
import type { CollectionCtx } from '../context.ts';
import { type Fragment, joined, numbered, sql } from '../expressions/index.ts';
import { countEntries, type CountMode } from './count.ts';
import type { Position } from './keyset.ts';
import { type Order, reversed } from './order.ts';
import type { EntryRow } from './row.ts';
import { runOnPartition } from './run.ts';
import { type Beside, inParts, linkColumns, type PartRow, withBeside } from './beside.ts';
import { isSimple, type KeyColumn, keyColumns, windowStatement } from './scan.ts';

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

/** Which entries of a collection are wanted. */
export interface Selection {
  /** SQL over the partition's row. */
  readonly filter?: Fragment | undefined;
  readonly order: Order;
  readonly limit: number;
  readonly offset: number;
  /** Where a cursor points, and whether it is read backwards from there. */
  readonly position?: (Position & { readonly backwards: boolean }) | undefined;
  readonly count: CountMode;
  /** What their relations lead to: it is read with them where one statement can. */
  readonly beside?: readonly Beside[] | undefined;
}

/** A row of a list, with the values of its sort keys but the id as k0, k1, …, as the driver gives them. */
export type ListRow = EntryRow & { readonly [key: KeyColumn]: string | number | boolean | null };

export interface EntryList {
  readonly rows: readonly ListRow[];
  /** Null when not counted. */
  readonly total: number | null;
  /** Whether there are rows behind these, in the direction of reading. */
  readonly more: boolean;
  /** What was read with them, by the ids of the collections; what is missing in it is not to be had. */
  readonly beside?: ReadonlyMap<string, readonly EntryRow[]> | undefined;
}

/**
 * The entries that are open to the caller and wanted: one row more is read to know of more. One
 * statement, and one that counts.
 */
export async function readEntries(ctx: CollectionCtx, selection: Selection): Promise<EntryList> {
  const { order, limit, offset, position, filter } = selection;
  const { table } = ctx.collection.statements;
  const where = openRows(ctx, filter);
  const scan = {
    table,
    projectId: ctx.project.id,
    where,
    order: position?.backwards ? reversed(order) : order,
    position,
    limit: limit + 1,
    offset,
  };
  const beside = selection.beside && isSimple(scan) ? selection.beside : [];
  const window = windowStatement({ ...scan, more: linkColumns(beside, table) });
  const all = beside.length > 0 ? withBeside(window, beside, keyColumns(order)) : window;
  const { text, values } = numbered(all);
  // Texts of a bounded set; what readers filter and sort by is not.
  const statement = !filter && order.keys.length === 1 ? prepared(text) : preparedWhenHot(text);
  const [read, total] = await Promise.all([
    runOnPartition<ListRow & PartRow>(ctx, statement, values),
    countEntries(ctx, where, selection.count),
  ]);
  const [rows, others] = beside.length > 0 ? inParts(read, beside) : [read, undefined];
  const more = rows.length > limit;
  if (more) rows.pop();
  if (position?.backwards) rows.reverse();
  return { rows, more, total, beside: others };
}

/** What the caller may see of a collection, and of that what it wants. */
export function openRows(ctx: CollectionCtx, filter: Fragment | undefined): Fragment {
  const { rule, publishedOnly, project } = ctx;
  const { table } = ctx.collection.statements;
  const conditions = [
    sql`${table}.stage = 'current' and ${table}.project_id = ${() => project.id}`,
  ];
  if (publishedOnly) conditions.push([`${table}.status = 'published'`]);
  if (rule) conditions.push(rule.fragment);
  if (filter) conditions.push(filter);
  return joined(conditions, ' and ');
}
