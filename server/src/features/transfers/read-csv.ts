import { finished } from 'node:stream';
import type { ErrorDetail } from '@cms/contracts';
import { CsvError, type Options, parse } from 'csv-parse';
import { invalid } from '../../platform/errors/app-error.ts';
import { type Cell, valueOf } from './cells.ts';
import { type Column, type Columns, keyField } from './columns.ts';
import { MAX_LINE } from './limits.ts';
import { collectRow, emptyRow } from './collect-row.ts';
import type { Row } from './row.ts';
import { problem, Unreadable } from './unreadable.ts';

const options: Options = {
  record_delimiter: ['\r\n', '\n', '\r'],
  max_record_size: MAX_LINE,
  skip_empty_lines: true,
  // A row with too many or too few cells is refused by itself.
  relax_column_count: true,
  cast: (text, { quoting }) => (text === '' && !quoting ? null : text),
};

/**
 * The rows of a CSV, one at a time. Throws VALIDATION_ERROR for a header with columns that mean nothing,
 * Unreadable where the text is no CSV any more.
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  columns: Columns,
): AsyncGenerator<Row, void, undefined> {
  let header: readonly (readonly [string, Column])[] | undefined;
  let row = 0;
  try {
    for await (const cells of recordsOf(text)) {
      if (header) yield rowOf(header, cells, (row += 1), columns);
      else header = readHeader(cells, columns);
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error, header ? row + 1 : 0) : error;
  }
  if (!header)
    throw new Unreadable('header', 'The file is empty: its first line names the columns.');
}

/**
 * The records of a text. They are taken from the parser as it finds them: what a stream holds back when it
 * breaks off would be lost.
 */
async function* recordsOf(text: AsyncIterable<string>): AsyncGenerator<readonly Cell[]> {
  const found: (readonly Cell[])[] = [];
  const keep = (record: readonly Cell[]) => void found.push(record);
  const parser = parse({ ...options, on_record: keep as NonNullable<Options['on_record']> });
  // Each step below is told of its own failure.
  parser.on('error', () => undefined);
  for await (const chunk of text) yield* foundBy((done) => parser.write(chunk, done));
  yield* foundBy((done) => {
    finished(parser, { readable: false }, done);
    parser.end();
  });

  async function* foundBy(
    step: (done: (error?: Error | null) => void) => void,
  ): AsyncGenerator<readonly Cell[]> {
    const failure = await new Promise<Error | null | undefined>(step);
    yield* found.splice(0);
    if (failure) throw failure;
  }
}

/** What each cell of a row is for. Lists every column that means nothing, or the same as another. */
function readHeader(
  cells: readonly Cell[],
  columns: Columns,
): readonly (readonly [string, Column])[] {
  const details: ErrorDetail[] = [];
  const taken = new Set<string>();
  const header = cells.map((cell, index): readonly [string, Column] => {
    const name = (cell ?? '').trim();
    const column = columns.of(name);
    if (!column) details.push(unknownColumn(name, index));
    const target = column && 'field' in column ? column.field.name : column?.is;
    if (target !== undefined && target !== 'ignored' && target !== 'status' && taken.has(target))
      details.push(problem(name, 'duplicate', `There are two columns for "${target}".`));
    taken.add(target ?? '');
    return [name, column ?? { is: 'ignored' }];
  });
  const names = new Set(header.map(([name]) => name));
  for (const name of columns.mapped)
    if (!names.has(name))
      details.push(problem(`map.${name}`, 'unknown_column', `There is no column "${name}".`));
  const { upsert } = columns;
  const key = upsert === 'id' ? 'id' : upsert?.name;
  if (key !== undefined && !taken.has(key))
    details.push(problem(key, 'required', `Upsert by "${key}" needs that column.`));
  if (details.length > 0) throw invalid(details.slice(0, MAX_DETAILS));
  return header;
}

const MAX_DETAILS = 100;

const unknownColumn = (name: string, index: number): ErrorDetail => {
  const shown = name.slice(0, 100).replaceAll('\u0000', '\uFFFD');
  return name === ''
    ? problem('', 'unknown_field', `Column ${index + 1} has no name.`)
    : problem(
        shown,
        'unknown_field',
        `There is no field "${shown}"; remove the column, or map it: map[${shown}]=field.`,
      );
};

function rowOf(
  header: readonly (readonly [string, Column])[],
  cells: readonly Cell[],
  row: number,
  columns: Columns,
): Row {
  if (cells.length !== header.length)
    return emptyRow(row, [
      problem(
        '',
        'columns',
        `This row has ${cells.length} cells, the header ${header.length} columns.`,
      ),
    ]);
  const length = cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
  return collectRow({ row, length }, columns, (add) => {
    for (const [index, [name, column]] of header.entries()) {
      const cell = cells[index] ?? null;
      if (column.is === 'id') add(name, column, { value: cell });
      else if (column.is === 'field') add(name, column, valueOf(column.field, cell));
      else if (column.is === 'lookup') add(name, column, valueOf(keyField(column), cell));
    }
  });
}

function unreadable(error: CsvError, row: number): Unreadable {
  const line = Number(error['lines'] ?? 0);
  const place = row === 0 ? 'in the header' : `in row ${row}`;
  const sentences: Record<string, string> = {
    CSV_QUOTE_NOT_CLOSED: `A quote ${place} is never closed; the file ends in line ${line}.`,
    CSV_INVALID_CLOSING_QUOTE: `In line ${line}, ${place}, there is text behind a closing quote; write a quote within quotes twice.`,
    INVALID_OPENING_QUOTE: `In line ${line}, ${place}, a quote stands in the middle of a cell; put the cell in quotes and write the quote twice.`,
    CSV_MAX_RECORD_SIZE: `Line ${line}, ${place}, is longer than ${MAX_LINE} bytes.`,
  };
  return new Unreadable(
    error.code === 'CSV_MAX_RECORD_SIZE' ? 'max_length' : 'csv',
    sentences[error.code] ?? `Line ${line}, ${place}, is no CSV: ${error.message}.`,
    error,
  );
}
