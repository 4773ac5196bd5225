import type { CollectionCtx } from '../context.ts';
import { type Fragment, numbered, sql } from '../expressions/index.ts';
import { runOnPartition } from './run.ts';

/**
 * Finds the entries that meet a condition and locks them until the transaction ends, in the order of their
 * ids as everybody does. The condition is SQL over the partition's row; PostgreSQL asks it again of a row that
 * another transaction changed while this one waited for it, and passes over what no longer meets it. Gives
 * the ids of up to `limit`.
 */
export async function lockMatching(
  ctx: CollectionCtx,
  condition: Fragment,
  limit: number,
): Promise<string[]> {
  const { table } = ctx.collection.statements;
  const { text, values } = numbered(
    sql`select ${table}.entry_id from ${table} where ${condition} order by ${table}.entry_id limit ${() => limit} for update of ${table}`,
  );
  const rows = await runOnPartition<{ entry_id: string }>(ctx, { text }, values);
  return rows.map(({ entry_id }) => entry_id);
}

/** How many entries meet a condition, counted to `most` and no further. */
export async function countMatching(
  ctx: CollectionCtx,
  condition: Fragment,
  most: number,
): Promise<number> {
  const { table } = ctx.collection.statements;
  const { text, values } = numbered(
    sql`select count(*)::int as found from (select 1 from ${table} where ${condition} limit ${() => most}) as matching`,
  );
  const [row] = await runOnPartition<{ found: number }>(ctx, { text }, values);
  return row?.found ?? 0;
}
