import { prepared } from '../../platform/db/sql.ts';
import type { CollectionCtx } from '../context.ts';
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
    sql`select e.* from unnest(${() => ids}::text[]) as asked(id) cross join lateral (select ${rowColumns} from ${table} where ${openRows(ctx, undefined)} and ${table}.entry_id = asked.id offset 0) as e`,
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
