import {
  castOf,
  type Fragment,
  refuseUnordered,
  resolveColumn,
  scalarOf,
  type Scope,
} from '../expressions/index.ts';

/** One expression of an `order by`. */
export interface SortKey {
  /** SQL over the partition's row. */
  readonly value: Fragment;
  readonly cast: ReturnType<typeof castOf>;
  readonly descending: boolean;
  /** Where nulls stand; `never` where there are none. */
  readonly nulls: 'first' | 'last' | 'never';
  /** Whether an index of the partition has this order, with the ids behind it. */
  readonly indexed: boolean;
  /** What it means, however it is spelled: cursors belong to it. */
  readonly meaning: string;
}

/** Columns that always have a value. */
const present = new Set(['sys.status', 'sys.version', 'sys.updated_at']);

/** The key that settles ties, so that pages never overlap: the id, which the primary key serves. */
export const idKey = (table: string, descending: boolean): SortKey => ({
  value: [`${table}.entry_id`],
  cast: 'text',
  descending,
  nulls: 'never',
  indexed: true,
  meaning: 'sys.entry_id',
});

export const isId = ({ meaning }: SortKey): boolean => meaning === 'sys.entry_id';

/**
 * Reads one key of a sort: `-price`, `price:nulls_first`, `author.name`, `sys.status`. Throws an
 * ExpressionError for what is unknown or has no order.
 */
export function sortKey(scope: Scope, table: string, text: string): SortKey {
  const [, sign = '', path = '', nulls = 'last'] =
    /^([-+]?)(.*?)(?::nulls_(first|last))?$/s.exec(text) ?? [];
  const descending = sign === '-';
  const column = resolveColumn(scope, path, 0);
  // Ids are made in the order of creation, from the same clock reading as created_at.
  if (column.meaning === 'sys.created_at' || column.meaning === 'sys.entry_id')
    return idKey(table, descending);
  refuseUnordered(column, path, 'order');
  const own = scope.collection.fields.find(({ id }) => id === column.meaning);
  return {
    value: scalarOf(column),
    cast: castOf(column.kind),
    descending,
    nulls: present.has(column.meaning) ? 'never' : (nulls as 'first' | 'last'),
    indexed: column.meaning === 'sys.updated_at' || Boolean(own?.indexed ?? own?.unique),
    meaning: `${column.meaning} ${column.kind}`,
  };
}
