import { type CollectionCtx, transaction } from '../../content/context.ts';
import type { Field } from '../../content/fields/field.ts';
import type { Opened } from '../../content/policy/open-collection.ts';
import { AppError, invalid } from '../../platform/errors/app-error.ts';
import { createEntries, type Outcome, updateEntries, writePartly } from '../entries/index.ts';
import { idsByValue } from './ids-by-value.ts';
import { lookUp } from './look-up.ts';
import type { Row } from './row.ts';
import { problem } from './unreadable.ts';

/** What came of a row. */
export type Fate = 'imported' | 'updated' | AppError;

/** How a batch is written. */
export interface Writing {
  /** Opened to the caller for creating. */
  readonly ctx: CollectionCtx;
  readonly upsert: Field | 'id' | undefined;
  /** The same collection opened for updates, or why it is not; asked for with upsert alone. */
  readonly updates: Opened | AppError | undefined;
}

/**
 * Writes the rows of a batch that can be written, in one transaction, and gives what came of each. The
 * number of statements does not grow with the number of rows.
 */
export const writeBatch = (writing: Writing, rows: readonly Row[]): Promise<Fate[]> =>
  transaction(writing.ctx, async (tx) => {
    const own = { ...writing, ctx: tx };
    const fates: Fate[] = [];
    const whole = await lookUp(tx, rows);
    const good = [...whole.keys()].filter((at) => {
      const { problems } = whole[at] as Row;
      if (problems.length > 0) fates[at] = invalid(problems);
      return problems.length === 0;
    });
    const ids = await idsOf(own, whole, good);
    const news = good.filter((at) => !ids.has(at));
    await create(own, whole, news, fates);
    for (const [at, id] of await madeMeanwhile(own, whole, news, fates)) ids.set(at, id);
    await update(own, whole, ids, fates);
    return fates;
  });

/** The entries that rows are about, by position; a row without one creates one. */
async function idsOf(
  { ctx, upsert }: Writing,
  rows: readonly Row[],
  positions: readonly number[],
): Promise<Map<number, string>> {
  if (upsert === undefined) return new Map();
  const keyOf = (at: number) => rows[at]?.key ?? null;
  const keyed = positions.filter((at) => keyOf(at) !== null);
  if (upsert === 'id') return new Map(keyed.map((at) => [at, String(keyOf(at))]));
  const known = await idsByValue(ctx, ctx.collection, upsert, keyed.map(keyOf));
  return new Map(
    keyed.flatMap((at) => {
      const id = known.get(keyOf(at));
      return id === undefined ? [] : [[at, id] as const];
    }),
  );
}

const writtenBy = ({ data, status }: Row) => ({ data, status });

async function create(
  { ctx }: Writing,
  rows: readonly Row[],
  positions: readonly number[],
  fates: Fate[],
): Promise<void> {
  const creations = positions.map((at) => writtenBy(rows[at] as Row));
  settle(positions, await writePartly(ctx, creations, createEntries), 'imported', fates);
}

/** Rows whose value somebody else took since it was looked up: they change that entry after all. */
async function madeMeanwhile(
  writing: Writing,
  rows: readonly Row[],
  positions: readonly number[],
  fates: readonly Fate[],
): Promise<Map<number, string>> {
  const { upsert } = writing;
  if (upsert === undefined || upsert === 'id') return new Map();
  const taken = positions.filter((at) => {
    const fate = fates[at];
    return (
      fate instanceof AppError &&
      fate.details.some(({ field, code }) => field === upsert.name && code === 'unique')
    );
  });
  return taken.length === 0 ? new Map() : idsOf(writing, rows, taken);
}

async function update(
  { ctx, updates }: Writing,
  rows: readonly Row[],
  ids: ReadonlyMap<number, string>,
  fates: Fate[],
): Promise<void> {
  if (ids.size === 0) return;
  if (!updates || updates instanceof AppError) {
    for (const at of ids.keys()) fates[at] = updates ?? new AppError('FORBIDDEN');
    return;
  }
  const changes = [...ids].map(([at, id]) => ({ id, ...writtenBy(rows[at] as Row) }));
  const outcomes = await writePartly({ ...ctx, ...updates }, changes, updateEntries);
  settle([...ids.keys()], outcomes.map(explainMissing), 'updated', fates);
}

const explainMissing = <R>(outcome: Outcome<R>): Outcome<R> =>
  outcome.ok || outcome.error.code !== 'NOT_FOUND'
    ? outcome
    : {
        ok: false,
        error: invalid([
          problem(
            'id',
            'not_found',
            'There is no such entry here; leave the id empty to create one.',
          ),
        ]),
      };

function settle(
  positions: readonly number[],
  outcomes: readonly Outcome<unknown>[],
  done: 'imported' | 'updated',
  fates: Fate[],
): void {
  for (const [index, outcome] of outcomes.entries())
    fates[positions[index] as number] = outcome.ok ? done : outcome.error;
}
