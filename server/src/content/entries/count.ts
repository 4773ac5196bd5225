import type { CollectionCtx } from '../context.ts';
import { type Fragment, numbered, sql } from '../expressions/index.ts';
import { runOnPartition } from './run.ts';

/** How the entries of a list are counted: to the last one, as the planner guesses, or not at all. */
export type CountMode = 'exact' | 'estimated' | 'none';

/** Up to so many rows an estimate is counted after all: that is quick, and guesses of few are poor. */
const COUNTED_ANYWAY = 10_000;

/** Counts rows; null where nobody wants to know. */
export async function countEntries(
  ctx: CollectionCtx,
  where: Fragment,
  mode: CountMode,
): Promise<number | null> {
  if (mode === 'none') return null;
  const from = sql` from ${ctx.collection.statements.table} where ${where}`;
  if (mode === 'estimated') {
    const guess = await guessed(ctx, from);
    if (guess > COUNTED_ANYWAY) return guess;
  }
  const { text, values } = numbered(sql`select count(*) as total${from}`);
  const [row] = await runOnPartition<{ total: string }>(ctx, { text }, values);
  return Number(row?.total ?? 0);
}

interface Plan {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

async function guessed(ctx: CollectionCtx, from: Fragment): Promise<number> {
  const { text, values } = numbered(sql`explain (format json) select 1${from}`);
  const [row] = await runOnPartition<Plan>(ctx, { text }, values);
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}
