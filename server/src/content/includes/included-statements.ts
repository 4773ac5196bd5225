import { DEFAULT_BACK_LIMIT } from '@cms/contracts';
import { prepared } from '../../platform/db/sql.ts';
import type { CollectionCtx } from '../context.ts';
import { lookedUp } from '../entries/beside.ts';
import { openRows } from '../entries/read.ts';
import { type EntryRow, rowColumns } from '../entries/row.ts';
import { runOnPartition } from '../entries/run.ts';
import { orderBy } from '../entries/scan.ts';
import { numbered, sql } from '../expressions/index.ts';
import type { Choice } from './plan.ts';

/**
 * Entries by their ids, as far as they are open to the caller. Each is looked up by itself: a join would
 * read a small collection whole, and think about it longer than it takes to read.
 */
export function readByIds(ctx: CollectionCtx, ids: readonly string[]): Promise<EntryRow[]> {
  const { table } = ctx.collection.statements;
  const { text, values } = numbered(
    sql`select e.* from unnest(${() => ids}::text[]) as asked(id) cross join lateral (select ${rowColumns} from ${table} where ${openRows(ctx, undefined)} and ${lookedUp(table, ctx.collection.id)} offset 0) as e`,
  );
  return runOnPartition<EntryRow>(ctx, prepared(text), values);
}

/** An entry that was chosen for one that points to it. */
export type ChosenRow = EntryRow & { readonly parent: number };

/** Who points to whom: the places of lists in step, in the order of the relation. */
export interface Pointers {
  readonly parents: readonly number[];
  readonly ids: readonly string[];
}

/** Of the entries that each parent points to, those that are chosen, in their order. */
export function readChosen(
  ctx: CollectionCtx,
  { parents, ids }: Pointers,
  { filter, order, limit }: Choice,
  most: number,
): Promise<ChosenRow[]> {
  const { table } = ctx.collection.statements;
  const sorted = order ? orderBy(order.keys) : ['asked.nth'];
  const place = sql`row_number() over (partition by asked.parent order by ${sorted}) as place`;
  const chosen = sql`select asked.parent, ${rowColumns}, ${place} from ${table} join unnest(${() => parents}::int[], ${() => ids}::text[]) with ordinality as asked(parent, id, nth) on ${table}.entry_id = asked.id where ${openRows(ctx, filter)}`;
  const { text, values } = numbered(
    sql`select * from (${chosen}) as chosen where place <= ${() => limit ?? most} order by parent, place limit ${() => most}`,
  );
  return runOnPartition<ChosenRow>(ctx, { text }, values);
}

/**
 * Of the entries whose relation points to each of the given ones, those that are chosen, in their order. Where
 * they are wanted by their ids the index of the references gives as many as are needed and no more.
 */
export function readPointing(
  ctx: CollectionCtx,
  fieldId: string,
  ids: readonly string[],
  { filter, order, limit }: Choice,
  most: number,
): Promise<ChosenRow[]> {
  const { table } = ctx.collection.statements;
  const sorted = order ? orderBy(order.keys) : [`${table}.entry_id desc`];
  const own = sql`select ${rowColumns}, row_number() over (order by ${sorted}) as place from entry_references as ref join ${table} on ${table}.entry_id = ref.from_entry_id where ref.to_entry_id = asked.id and ref.project_id = ${() => ctx.project.id} and ref.field_id = ${() => fieldId} and ${openRows(ctx, filter)} order by ${sorted} limit ${() => limit ?? DEFAULT_BACK_LIMIT}`;
  const { text, values } = numbered(
    sql`select (asked.nth - 1)::int as parent, own.* from unnest(${() => ids}::text[]) with ordinality as asked(id, nth) cross join lateral (${own}) as own order by asked.nth, own.place limit ${() => most}`,
  );
  return runOnPartition<ChosenRow>(ctx, { text }, values);
}
