import { type Fragment, joined, sql } from '../expressions/index.ts';
import { type Part, partsOf, type Position } from './keyset.ts';
import type { Order } from './order.ts';
import { rowColumns } from './row.ts';
import { isId, type SortKey } from './sort-key.ts';

/** Which rows of a partition, and in which order. */
export interface Scan {
  /** Name of the partition, quoted. */
  readonly table: string;
  readonly projectId: string;
  readonly where: Fragment;
  readonly order: Order;
  readonly position: Position | undefined;
  readonly limit: number;
  readonly offset: number;
  /** Columns that the rows have beside their own, as SQL that begins with a comma; of simple scans alone. */
  readonly more?: Fragment | undefined;
}

/** Whether rows are read as they come, off one index. */
export const isSimple = ({
  order,
  offset,
  position,
}: Pick<Scan, 'order' | 'offset' | 'position'>) =>
  Boolean(order.keys[0]?.indexed) &&
  offset <= MAX_READ_OVER &&
  partsOf(order, position).length === 1;

/** Rows that are passed over are read whole up to here; beyond, only their ids are. */
const MAX_READ_OVER = 100;

/** Rows of the pages that are usual, and one more to know of more. */
const usualLimits: ReadonlySet<number> = new Set([11, 21, 26, 31, 51, 101]);

/**
 * A number that stands in the text: PostgreSQL plans once for all where it knows how few rows are wanted,
 * and each time anew where it does not. What is unusual is a parameter, or there would be texts without end.
 */
const limited = (limit: number): Fragment =>
  usualLimits.has(limit) ? [` limit ${limit}`] : sql` limit ${() => limit}`;

/** The columns that hold the values of a row's sort keys; of the id there is one already. */
export const keyColumns = ({ keys }: Order): readonly KeyColumn[] =>
  keys.filter((key) => !isId(key)).map((_, index): KeyColumn => `k${index}`);

export type KeyColumn = `k${number}`;

/**
 * Reads a window of rows in one statement. Where an index has the order the rows are read as they come;
 * otherwise, and far from the start, ids are sorted and passed over, and only the rows of the window are
 * read whole.
 */
export function windowStatement(scan: Scan): Fragment {
  const { order, offset, table } = scan;
  const parts = partsOf(order, scan.position);
  const [part, ...more] = parts as [Part, ...Part[]];
  const isRead = order.keys[0]?.indexed && offset <= MAX_READ_OVER;
  if (isRead && more.length === 0) {
    // The very expressions that are sorted by: others, a cast of them too, would be worked out beside those.
    const sorted = valuesOf(order).map((key, index) => sql`, ${key.value} as k${String(index)}`);
    return sql`select ${rowColumns}${sorted.flat()}${scan.more ?? []} from ${table} where ${wanted(scan, part.where)} order by ${orderBy(part.keys)}${limited(scan.limit)}${skip(offset)}`;
  }
  const values = (from: string) => keyColumns(order).map((name) => `, ${from}.${name}`);
  if (isRead)
    return sql`select ${rowColumns}${values('parts')} from ${inParts(scan, parts, storedColumns)}`;
  return sql`select ${columnsOf('e')}${values('picked')} from (${picked(scan, parts)}) as picked join ${table} as e on e.stage = 'current' and e.entry_id = picked.entry_id and e.project_id = ${() => scan.projectId} order by ${outerOrder(order)('picked')}`;
}

const valuesOf = ({ keys }: Order): readonly SortKey[] => keys.filter((key) => !isId(key));

/** The columns of a row under an alias. */
const columnsOf = (alias: string): string =>
  rowColumns
    .replaceAll(/\b(entry_id|status|version|\w+_at|\w+_by)\b/g, `${alias}.$1`)
    .replace('data::text', `${alias}.data::text`);

/** The columns that those are made of. */
const storedColumns = rowColumns.replace('data::text as data', 'data');

/** The ids of the window with what they are sorted by. */
function picked(scan: Scan, parts: readonly Part[]): Fragment {
  const { limit, offset, table } = scan;
  const id = `${table}.entry_id`;
  const [one, ...more] = parts as [Part, ...Part[]];
  if (more.length > 0) return sql`select * from ${inParts(scan, parts, id)}`;
  return sql`${partOf(scan, one, 0, id)}${limited(limit)}${skip(offset)}`;
}

/** The window put together of parts, none of which can give more than all of it. */
function inParts(scan: Scan, parts: readonly Part[], columns: string): Fragment {
  const { limit, offset, order } = scan;
  const each = parts.map(
    (part, index) => sql`(${partOf(scan, part, index, columns)}${limited(limit + offset)})`,
  );
  return sql`(${joined(each, ' union all ')}) as parts order by ${outerOrder(order)('parts')}${limited(limit)}${skip(offset)}`;
}

function partOf(scan: Scan, { keys, where }: Part, index: number, columns: string): Fragment {
  const { table, order } = scan;
  const values = valuesOf(order).map((key, at) => sql`, ${key.value} as k${String(at)}`);
  return sql`select ${String(index)} as part, ${columns}${values.flat()} from ${table} where ${wanted(scan, where)} order by ${orderBy(keys)}`;
}

const wanted = (scan: Scan, more: readonly Fragment[]): Fragment =>
  joined([scan.where, ...more], ' and ');

const skip = (offset: number): Fragment => (offset === 0 ? [] : sql` offset ${() => offset}`);

const direction = ({ descending, nulls }: SortKey): string =>
  `${descending ? ' desc' : ''}${nulls === 'never' ? '' : ` nulls ${nulls}`}`;

/** The terms of an `order by` over the partition's row. */
export const orderBy = (keys: readonly SortKey[]): Fragment =>
  joined(
    keys.map((key) => sql`${key.value}${direction(key)}`),
    ', ',
  );

/** The order by the columns of what was picked. */
const outerOrder = ({ keys }: Order) => {
  const columns = keys.map((key, index) => [isId(key) ? 'entry_id' : `k${index}`, direction(key)]);
  return (from: string): string =>
    [`${from}.part`, ...columns.map(([name, rest]) => `${from}.${name}${rest}`)].join(', ');
};
