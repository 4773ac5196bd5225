import { AppError } from '../../platform/errors/app-error.ts';
import { type CollectionShape, ExpressionError, type Scope } from '../expressions/index.ts';
import { quoteName } from '../../platform/db/sql.ts';
import { idKey, isId, type SortKey, sortKey } from './sort-key.ts';

/** What a list is ordered by; the last key is the id. */
export interface Order {
  readonly keys: readonly SortKey[];
}

export const MAX_SORT_KEYS = 5;

/** The order of a list that asks for none. */
export const newestFirst = ({ storage }: Pick<CollectionShape, 'storage'>): Order => ({
  keys: [idKey(quoteName(storage), true)],
});

/**
 * Compiles `sort=title,-created_at`. A collection's own field shadows a system field; `sys.` names the
 * system's. Throws INVALID_INPUT for what is unknown or has no order.
 */
export function compileOrder(scope: Scope, sort: string): Order {
  const names = sort.split(',').map((key) => key.trim());
  if (names.length > MAX_SORT_KEYS) throw badSort(`Sort by at most ${MAX_SORT_KEYS} fields.`);
  const table = quoteName(scope.collection.storage);
  const keys: SortKey[] = [];
  for (const name of names) {
    const key = keyOf(scope, table, name);
    keys.push(key);
    // Behind the id nothing is left to settle.
    if (isId(key)) return { keys };
  }
  return { keys: [...keys, idKey(table, keys.at(-1)?.descending ?? true)] };
}

function keyOf(scope: Scope, table: string, name: string): SortKey {
  try {
    return sortKey(scope, table, name);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw badSort(`Cannot sort by "${name.slice(0, 100)}": ${error.message}`);
  }
}

const flipped = { first: 'last', last: 'first', never: 'never' } as const;

/** The same list read from its end. */
export const reversed = ({ keys }: Order): Order => ({
  keys: keys.map((key) => ({ ...key, descending: !key.descending, nulls: flipped[key.nulls] })),
});

/** The same of rows that have some values for sure: where nulls would stand need not be asked. */
export const withoutNulls = (order: Order, present: ReadonlySet<string> = new Set()): Order => {
  if (present.size === 0) return order;
  const isPresent = ({ value }: SortKey) => value.length === 1 && present.has(String(value[0]));
  return { keys: order.keys.map((key) => (isPresent(key) ? { ...key, nulls: 'never' } : key)) };
};

const badSort = (message: string) =>
  new AppError('INVALID_INPUT', message, { details: [{ field: 'sort', message, code: 'sort' }] });
