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
  const sorted = outerOrder(order);
  const columns = keyColumns(order).map((name) => `, picked.${name}::text as ${name}`);
  const rows = rowColumns.replaceAll(/\b(entry_id|status|version|\w+_at|\w+_by)\b/g, 'e.$1');
  return sql`select ${rows.replace('data::text', 'e.data::text')}${columns} from (${picked(scan, parts)}) as picked join ${table} as e on e.stage = 'current' and e.entry_id = picked.entry_id and e.project_id = ${() => scan.projectId} order by ${sorted('picked')}`;
}

/** The ids of the window with what they are sorted by. */
function picked(scan: Scan, parts: readonly Part[]): Fragment {
  const { limit, offset } = scan;
  const [one, ...more] = parts as [Part, ...Part[]];
  if (more.length === 0) return sql`${partOf(scan, one, 0)} limit ${() => limit}${skip(offset)}`;
  // No part can give more than all of the window.
  const each = parts.map(
    (part, index) => sql`(${partOf(scan, part, index)} limit ${() => limit + offset})`,
  );
  return sql`select * from (${joined(each, ' union all ')}) as parts order by ${outerOrder(scan.order)('parts')} limit ${() => limit}${skip(offset)}`;
}

function partOf(scan: Scan, { keys, where }: Part, index: number): Fragment {
  const { table, order } = scan;
  const values = order.keys
    .filter((key) => !isId(key))
    .map((key, at) => sql`, ${key.value} as k${String(at)}`);
  return sql`select ${String(index)} as part, ${table}.entry_id${values.flat()} from ${table} where ${wanted(scan, where)} order by ${orderBy(keys)}`;
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
