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
    const guess = await guesses.of(ctx, from);
    if (guess > COUNTED_ANYWAY) return guess;
  }
  const { text, values } = numbered(sql`select count(*) as total${from}`);
  const [row] = await runOnPartition<{ total: string }>(ctx, { text }, values);
  return Number(row?.total ?? 0);
}

interface Plan {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

/** How long a guess is good for: what it is made of changes when PostgreSQL analyses a table. */
const GUESS_MS = 5000;
const MAX_GUESSES = 1000;

/** The planner's guesses, each for a while: it would take longer to guess than to read a page. */
class Guesses {
  readonly #known = new Map<string, { readonly rows: number; readonly at: number }>();

  async of(ctx: CollectionCtx, from: Fragment): Promise<number> {
    const { text, values } = numbered(sql`explain (format json) select 1${from}`);
    const key = `${text} ${JSON.stringify(values)}`;
    const now = ctx.clock.now().getTime();
    const known = this.#known.get(key);
    if (known && Math.abs(now - known.at) < GUESS_MS) return known.rows;
    const [row] = await runOnPartition<Plan>(ctx, { text }, values);
    const rows = row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
    // Few are counted anyway, and the one that is first has not been asked for the longest.
    this.#known.delete(key);
    if (rows > COUNTED_ANYWAY) this.#known.set(key, { rows, at: now });
    if (this.#known.size > MAX_GUESSES)
      this.#known.delete(this.#known.keys().next().value as string);
    return rows;
  }
}

const guesses = new Guesses();
