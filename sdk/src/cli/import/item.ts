/** Where reading goes on: after so many lines (or array elements), and bytes. */
export interface Position {
  readonly line: number;
  readonly offset: number;
}

export const start: Position = { line: 0, offset: 0 };

/** One line of the file, one element of its array, or one row of its table. */
export interface Item {
  /** Its line, or its number in the array, counted from 1; of a row over several lines the first. */
  readonly line: number;
  /** Where the next one begins. */
  readonly end: Position;
  /** Bytes of its text, more or less. */
  readonly size: number;
  /** What stands there, in one line unless it is a row. */
  readonly text: string;
  /** What has to stand before it: the line that names the columns of a row. */
  readonly head?: string;
  /** Why it can't be sent at all. */
  readonly problem?: string;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** An item from bytes; those that are no UTF-8 would arrive as something else. */
export function itemOf(bytes: Uint8Array, place: Pick<Item, 'line' | 'end'>, head?: string): Item {
  const item = { ...place, size: bytes.length, ...(head === undefined ? {} : { head }) };
  try {
    return { ...item, text: strict.decode(bytes) };
  } catch {
    const text = Buffer.from(bytes).toString('utf8');
    return { ...item, text, problem: 'It holds bytes that are no UTF-8; save the file as UTF-8.' };
  }
}

/** What stands there, for the report: the value where it is JSON. */
export function dataOf({ text, head }: Item): unknown {
  if (head !== undefined) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
