import { ApiError } from '../../errors.ts';
import type { ImportReport } from '../../resources/transfers.ts';
import type { Batch } from './batches.ts';
import type { Item } from './item.ts';
import { reasonsByRow, type Refused, refusedItem } from './refused.ts';

/** Imports the text of some items; a repeated key imports nothing anew and answers as before. */
export type Send = (text: string, key: string) => Promise<ImportReport>;

/** How a batch ended. */
export interface Outcome {
  readonly imported: number;
  readonly updated: number;
  readonly refused: readonly Refused[];
}

/**
 * Imports a batch in one request: the server writes the rows that are fine and tells of the others. Sent
 * again with its key, after whatever interruption, it is still imported once. Throws what is wrong with
 * the request rather than with an item.
 */
export async function sendBatch(batch: Batch, send: Send): Promise<Outcome> {
  const unsound = batch.items.flatMap((item) =>
    item.problem === undefined ? [] : [refusedItem(item, [item.problem])],
  );
  const items = batch.items.filter(({ problem }) => problem === undefined);
  if (items.length === 0) return { imported: 0, updated: 0, refused: unsound };
  try {
    const report = await send(textOf(items), String(batch.first));
    const reasons = [...reasonsByRow(report)];
    const refused = reasons.flatMap(([row, why]) => {
      const item = items[row - 1];
      return item ? [refusedItem(item, why)] : [];
    });
    return {
      imported: report.imported,
      updated: report.updated,
      refused: [...unsound, ...refused].toSorted((a, b) => a.line - b.line),
    };
  } catch (error) {
    const [item] = items;
    if (!item || items.length > 1 || !isTooLong(error)) throw error;
    return { imported: 0, updated: 0, refused: [...unsound, refusedItem(item, [error.message])] };
  }
}

/** What is sent of items: of rows, after the line that names their columns. */
export const textOf = (items: readonly Item[]): string => {
  const head = items[0]?.head;
  return [...(head === undefined ? [] : [head]), ...items.map(({ text }) => text), ''].join('\n');
};

/** True where an item that was sent by itself is longer than the server reads. */
const isTooLong = (error: unknown): error is ApiError =>
  error instanceof ApiError &&
  (error.code === 'PAYLOAD_TOO_LARGE' ||
    error.details.some(({ field, code }) => field === 'file' && code === 'max_length'));
