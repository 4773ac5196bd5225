import { type CollectionCtx, savepoint, transaction } from '../../content/context.ts';
import { ItemsRefused } from '../../content/entries/items-refused.ts';
import { explained } from '../../content/entries/write-errors.ts';
import type { AppError } from '../../platform/errors/app-error.ts';
import { type Place, refusalAt } from './places.ts';

/** A write of many, all or none; it throws ItemsRefused or RefusedWrite for what single items are refused for. */
export type Write<T, R> = (ctx: CollectionCtx, items: readonly T[]) => Promise<R[]>;

/** What came of one item. */
export type Outcome<R> =
  | { readonly ok: true; readonly value: R }
  | { readonly ok: false; readonly error: AppError };

/** Writes one item. What it is refused for is thrown as it is. */
export async function writeOne<T, R>(ctx: CollectionCtx, item: T, write: Write<T, R>): Promise<R> {
  try {
    const [value] = await write(ctx, [item]);
    return value as R;
  } catch (error) {
    const refusal = await explained(ctx.database.apart, error);
    throw refusal instanceof ItemsRefused ? (refusal.failures.get(0) ?? refusal) : refusal;
  }
}

/** Writes all items or none; one refusal lists every item that is at fault, by its place. */
export async function writeAll<T, R>(
  ctx: CollectionCtx,
  items: readonly T[],
  placeOf: (index: number) => Place,
  write: Write<T, R>,
): Promise<R[]> {
  try {
    return await write(ctx, items);
  } catch (error) {
    throw await refusalOfAll(ctx, error, placeOf);
  }
}

/** What a write of many failed of: where items are at fault, one refusal that lists them by their places. */
export async function refusalOfAll(
  ctx: CollectionCtx,
  error: unknown,
  placeOf: (index: number) => Place,
): Promise<unknown> {
  const refusal = await explained(ctx.database.apart, error);
  return refusal instanceof ItemsRefused ? refusalAt(refusal.failures, placeOf) : refusal;
}

/** After so many rounds in which something new came up, each item is written by itself. */
const MAX_ROUNDS = 8;

/**
 * Writes the items that can be written. All are tried together; those at fault are set aside and the
 * others tried again, so that the number of statements does not grow with the number of items.
 */
export const writePartly = <T, R>(
  ctx: CollectionCtx,
  items: readonly T[],
  write: Write<T, R>,
): Promise<Outcome<R>[]> =>
  transaction(ctx, async (tx) => {
    const outcomes: Outcome<R>[] = [];
    let left = [...items.keys()];
    for (let round = 1; left.length > 0; round += 1) {
      const groups = round < MAX_ROUNDS ? [left] : left.map((at) => [at]);
      for (const group of groups) await tryGroup(tx, group, items, write, outcomes);
      left = left.filter((at) => outcomes[at] === undefined);
    }
    return outcomes;
  });

async function tryGroup<T, R>(
  tx: CollectionCtx,
  group: readonly number[],
  items: readonly T[],
  write: Write<T, R>,
  outcomes: Outcome<R>[],
): Promise<void> {
  try {
    const own = group.map((at) => items[at] as T);
    const values = await savepoint(tx, (inner) => write(inner, own));
    for (const [index, value] of values.entries())
      outcomes[group[index] as number] = { ok: true, value };
  } catch (error) {
    const refusal = await explained(tx.sql, error);
    if (!(refusal instanceof ItemsRefused)) throw refusal;
    for (const [index, failure] of refusal.failures)
      outcomes[group[index] as number] = { ok: false, error: failure };
  }
}
