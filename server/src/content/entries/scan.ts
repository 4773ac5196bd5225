import { type Fragment, joined, sql } from '../expressions/index.ts';
import { partsOf, type Position } from './keyset.ts';
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
}

/** Rows that are passed over are read whole up to here; beyond, only their ids are. */
const MAX_READ_OVER = 100;

/** The columns that hold the values of a row's sort keys, as text; of the id there is one already. */
export const keyColumns = ({ keys }: Order): readonly KeyColumn[] =>
  keys.filter((key) => !isId(key)).map((_, index): KeyColumn => `k${index}`);

export type KeyColumn = `k${number}`;

/**
 * Reads a window of rows in one statement. Where an index has the order the rows are read as they come;
 * otherwise ids are sorted and passed over, and only the rows of the window are read whole.
 */
export function windowStatement(scan: Scan): Fragment {
  const { order, offset, table } = scan;
  const parts = partsOf(order, scan.position);
  const first = order.keys[0] as SortKey;
  if (parts.length === 1 && first.indexed && offset <= MAX_READ_OVER) {
    const [part] = parts as [(typeof parts)[number]];
    const texts = order.keys
      .filter((key) => !isId(key))
      .map((key, index) => sql`, ${key.value}::text as k${String(index)}`);
    return sql`select ${rowColumns}${texts.flat()} from ${table} where ${wanted(scan, part.where)} order by ${orderBy(part.keys)} limit ${() => scan.limit}${skip(offset)}`;
  }
  const picked = parts.map((part, index) => partOf(scan, part.keys, part.where, index));
  const sorted = outerOrder(order);
  const columns = keyColumns(order).map((name) => `, picked.${name}::text as ${name}`);
  const rows = rowColumns.replaceAll(/\b(entry_id|status|version|\w+_at|\w+_by)\b/g, 'e.$1');
  return sql`select ${rows.replace('data::text', 'e.data::text')}${columns} from (select * from (${joined(picked, ' union all ')}) as parts order by ${sorted('parts')} limit ${() => scan.limit}${skip(offset)}) as picked join ${table} as e on e.stage = 'current' and e.entry_id = picked.entry_id and e.project_id = ${() => scan.projectId} order by ${sorted('picked')}`;
}

/** The ids of one part with what they are sorted by, no more than the window could need. */
function partOf(scan: Scan, keys: readonly SortKey[], where: readonly Fragment[], index: number) {
  const values = scan.order.keys
    .filter((key) => !isId(key))
    .map((key, at) => sql`, ${key.value} as k${String(at)}`);
  return sql`(select ${String(index)} as part, ${scan.table}.entry_id${values.flat()} from ${scan.table} where ${wanted(scan, where)} order by ${orderBy(keys)} limit ${() => scan.limit + scan.offset})`;
}

const wanted = (scan: Scan, more: readonly Fragment[]): Fragment =>
  joined([scan.where, ...more], ' and ');

const skip = (offset: number): Fragment => (offset === 0 ? [] : sql` offset ${() => offset}`);

const direction = ({ descending, nulls }: SortKey): string =>
  `${descending ? ' desc' : ''}${nulls === 'never' ? '' : ` nulls ${nulls}`}`;

const orderBy = (keys: readonly SortKey[]): Fragment =>
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
