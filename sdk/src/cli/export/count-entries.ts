import type { TransferFormat } from '../../resources/transfers.ts';

const NEWLINE = 0x0a;
const QUOTE = 0x22;

export interface EntryCounter {
  /** The entries that end in a part of the file. */
  (bytes: Uint8Array): number;
  total(): number;
}

/** Counts the entries of a file as it goes by: lines, of CSV those that end outside of quotes but the header. */
export function entryCounter(format: TransferFormat): EntryCounter {
  let quoted = false;
  let total = format === 'csv' ? -1 : 0;
  const count = (bytes: Uint8Array): number => {
    const before = Math.max(0, total);
    for (const byte of bytes) {
      if (byte === QUOTE && format === 'csv') quoted = !quoted;
      else if (byte === NEWLINE && !quoted) total += 1;
    }
    return Math.max(0, total) - before;
  };
  return Object.assign(count, { total: () => Math.max(0, total) });
}
