import { invalid } from '../../platform/errors/app-error.ts';
import { collectRow, emptyRow } from './collect-row.ts';
import type { Columns } from './columns.ts';
import { splitLines } from './split-lines.ts';
import type { Row } from './row.ts';
import { problem } from './unreadable.ts';

type Json = Readonly<Record<string, unknown>>;

/** The rows of an NDJSON: a line each, the fields themselves or an entry that holds them in data. */
export async function* readNdjson(
  text: AsyncIterable<string>,
  columns: Columns,
): AsyncGenerator<Row, void, undefined> {
  let row = 0;
  for await (const line of splitLines(text)) {
    if (line.trim() === '') continue;
    row += 1;
    yield rowOf(line, row, columns);
  }
  if (row === 0)
    throw invalid([problem('file', 'required', 'The file is empty: send a JSON object a line.')]);
}

function rowOf(line: string, row: number, columns: Columns): Row {
  const parsed = parse(line);
  if (typeof parsed === 'string') return emptyRow(row, [problem('', 'json', parsed)]);
  const wrapped = isObject(parsed['data']) ? parsed['data'] : undefined;
  // Beside data there are the system's keys alone.
  const system = wrapped ? Object.keys(parsed).filter((key) => key !== 'data') : [];
  const read = collectRow({ row, length: line.length }, columns, (add) => {
    for (const name of system) {
      // There it is the system's, whatever fields are called.
      const column = columns.of(`sys.${name}`);
      if (column?.is === 'id' || column?.is === 'status')
        add(name, column, { value: parsed[name] });
    }
    for (const [name, value] of Object.entries(wrapped ?? parsed)) {
      const column = columns.of(name);
      if (column) add(name, column, { value });
    }
  });
  // The check of the entry names what there is not, with what it is like.
  for (const [name, value] of Object.entries(wrapped ?? parsed))
    if (!columns.of(name) && name !== '__proto__') read.data[name] = value;
  return read;
}

function parse(line: string): Json | string {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : 'An entry is a JSON object.';
  } catch (error) {
    return `This line is no JSON: ${(error as Error).message}.`;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
