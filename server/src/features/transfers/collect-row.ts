import { EntryStatus, type ErrorDetail } from '@cms/contracts';
import type { CellValue } from './cells.ts';
import type { Column, Columns } from './columns.ts';
import type { Lookup, Row } from './row.ts';
import { problem } from './unreadable.ts';

type Add = (name: string, column: Column, cell: CellValue) => void;

/** A row of which nothing could be read. */
export const emptyRow = (row: number, problems: readonly ErrorDetail[]): Row => ({
  row,
  data: {},
  lookups: [],
  key: undefined,
  problems,
  length: 0,
});

/** Puts the values of a row where their columns belong. */
export function collectRow(
  place: Pick<Row, 'row' | 'length'>,
  { upsert }: Columns,
  collect: (add: Add) => void,
): Row {
  const data: Record<string, unknown> = {};
  const lookups: Lookup[] = [];
  const problems: ErrorDetail[] = [];
  let key: unknown;
  let status: EntryStatus | undefined;
  collect((name, column, cell) => {
    if ('expected' in cell) problems.push(problem(name, 'type', cell.expected));
    else if (column.is === 'id') key = cell.value;
    else if (column.is === 'status') {
      status = EntryStatus.safeParse(cell.value).data;
      if (status === undefined)
        problems.push(problem(name, 'values', 'Use one of draft, published, archived.'));
    } else if (column.is === 'lookup') {
      const { value } = cell;
      if (value === null) data[column.field.name] = null;
      else if (!column.field.options.multiple) lookups.push({ column, values: [value] });
      else if (Array.isArray(value)) lookups.push({ column, values: value });
      else problems.push(problem(name, 'type', 'Write a list as JSON.'));
    } else if (column.is === 'field') {
      data[column.field.name] = cell.value;
      if (column.field === upsert) key = cell.value;
    }
  });
  return { ...place, data, ...(status ? { status } : {}), lookups, key, problems };
}
