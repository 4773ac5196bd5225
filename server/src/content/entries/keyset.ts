import { type Fragment, joined, sql } from '../expressions/index.ts';
import type { Order } from './order.ts';
import type { SortKey } from './sort-key.ts';

/** A place between two rows of an order: behind the row that had these values, or with it. */
export interface Position {
  /** As PostgreSQL writes them, key by key; null where there was none. */
  readonly values: readonly (string | null)[];
  /** Whether a row with the very same values is still to come. */
  readonly inclusive: boolean;
}

/** The rows of one part of an order, in which the first key is null everywhere or nowhere. */
export interface Part {
  readonly keys: readonly SortKey[];
  readonly where: readonly Fragment[];
}

type Value = string | null;

const parameter = ({ cast }: SortKey, value: Value): Fragment => sql`${() => value}::${cast}`;
const sign = ({ descending }: SortKey): string => (descending ? '<' : '>');

/**
 * Cuts an order so that each part can be read off an index: an index has nulls at one end, and a
 * condition of a position that allows for null could not use it. One part where there is no need.
 */
export function partsOf({ keys }: Order, position: Position | undefined): Part[] {
  const [first, ...rest] = keys as [SortKey, ...SortKey[]];
  const asIndexed = first.nulls === (first.descending ? 'first' : 'last');
  if (first.nulls === 'never') return [{ keys, where: behind(keys, position) }];
  if (!first.indexed || (!position && asIndexed)) return [{ keys, where: behind(keys, position) }];
  const [value] = position?.values ?? [];
  const known = [{ ...first, nulls: 'never' as const }, ...rest];
  const withValue: Part = {
    keys: known,
    where: [sql`${first.value} is not null`, ...(value === null ? [] : behind(known, position))],
  };
  const without: Part = {
    keys: known,
    where: [sql`${first.value} is null`, ...(value === null ? behind(rest, tail(position)) : [])],
  };
  const inOrder = first.nulls === 'first' ? [without, withValue] : [withValue, without];
  // Parts that lie before the position have nothing left.
  const isFirstPart = (value === null) === (first.nulls === 'first');
  return position && !isFirstPart ? inOrder.slice(1) : inOrder;
}

/** A position within rows that are the same by the first key. */
const tail = (position: Position | undefined): Position | undefined =>
  position && { ...position, values: position.values.slice(1) };

/** The conditions of what lies behind a position. */
function behind(keys: readonly SortKey[], position: Position | undefined): Fragment[] {
  if (!position) return [];
  const { values, inclusive } = position;
  const [first, last] = keys as [SortKey, SortKey | undefined];
  const [value = null] = values;
  const orSame = inclusive ? '=' : '';
  if (!last) return [sql`${first.value} ${sign(first)}${orSame} ${parameter(first, value)}`];
  // A pair that an index has is compared as one, so that the index finds the very place.
  if (keys.length === 2 && first.nulls === 'never' && first.descending === last.descending)
    return [
      sql`(${first.value}, ${last.value}) ${sign(last)}${orSame} (${parameter(first, value)}, ${parameter(last, values[1] ?? null)})`,
    ];
  const bound =
    first.nulls === 'never' ? [sql`${first.value} ${sign(first)}= ${parameter(first, value)}`] : [];
  return [...bound, isBehind(keys, values, inclusive)];
}

/** Later by the first key, or the same by it and later by the rest. */
function isBehind(
  [key, ...rest]: readonly SortKey[],
  [value = null, ...others]: readonly Value[],
  inclusive: boolean,
): Fragment {
  if (!key) return [inclusive ? 'true' : 'false'];
  const alternatives: Fragment[] = [];
  if (value !== null) {
    alternatives.push(sql`${key.value} ${sign(key)} ${parameter(key, value)}`);
    if (key.nulls === 'last') alternatives.push(sql`${key.value} is null`);
  } else if (key.nulls === 'first') alternatives.push(sql`${key.value} is not null`);
  const same =
    value === null ? sql`${key.value} is null` : sql`${key.value} = ${parameter(key, value)}`;
  alternatives.push(sql`(${same} and ${isBehind(rest, others, inclusive)})`);
  return sql`(${joined(alternatives, ' or ')})`;
}
