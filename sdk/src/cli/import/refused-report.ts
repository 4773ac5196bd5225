import { appendFileSync, existsSync, rmSync, truncateSync } from 'node:fs';
import type { Refused } from './refused.ts';

/** The lines that were refused, as NDJSON of `{line, reason[], data}`. */
export interface RefusedReport {
  readonly path: string;
  /** Length so far, in bytes. */
  readonly bytes: number;
  add(refused: readonly Refused[]): void;
}

/** Goes on with a report of so many bytes; what stands beyond belongs to batches that are sent again. */
export function openReport(path: string, bytes: number): RefusedReport {
  let length = bytes;
  if (bytes === 0) rmSync(path, { force: true });
  else if (existsSync(path)) truncateSync(path, bytes);
  return {
    path,
    get bytes() {
      return length;
    },
    add(refused) {
      if (refused.length === 0) return;
      const lines = refused.map(({ line, reasons, data }) =>
        JSON.stringify({ line, reason: reasons, data }),
      );
      const text = `${lines.join('\n')}\n`;
      appendFileSync(path, text);
      length += Buffer.byteLength(text);
    },
  };
}
