/** Where reading goes on: after so many lines (or array elements), and bytes. */
export interface Position {
  readonly line: number;
  readonly offset: number;
}

export const start: Position = { line: 0, offset: 0 };

/** One line of the file, or one element of its array, counted from 1. */
export interface Item {
  readonly line: number;
  /** Where the next one begins. */
  readonly end: Position;
  /** Bytes of its text, more or less. */
  readonly size: number;
  /** The entry; undefined where the line is none, and `problem` says why. */
  readonly entry: Readonly<Record<string, unknown>> | undefined;
  readonly problem?: string;
  /** What stands there, for the report. */
  readonly data: unknown;
}

/** An item from a parsed value. */
export function itemOf(data: unknown, place: Pick<Item, 'line' | 'end' | 'size'>): Item {
  if (typeof data === 'object' && data !== null && !Array.isArray(data))
    return { ...place, data, entry: data as Record<string, unknown> };
  return { ...place, data, entry: undefined, problem: 'An entry is a JSON object.' };
}
