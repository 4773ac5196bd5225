import type { ImportReport } from '../../resources/transfers.ts';
import { dataOf, type Item } from './item.ts';

/** A line that was not imported. */
export interface Refused {
  readonly line: number;
  readonly reasons: readonly string[];
  /** What stands there; absent where it is not at hand any more. */
  readonly data?: unknown;
}

export const refusedItem = (item: Item, reasons: readonly string[]): Refused => ({
  line: item.line,
  reasons,
  data: dataOf(item),
});

/** Why rows were refused, by their numbers in what was sent. */
export function reasonsByRow({ errors }: ImportReport): ReadonlyMap<number, readonly string[]> {
  const reasons = new Map<number, string[]>();
  for (const { row, field, message } of errors ?? []) {
    const known = reasons.get(row) ?? [];
    reasons.set(row, [...known, field === '' ? message : `${field}: ${message}`]);
  }
  return reasons;
}
