import { boundGarbage } from '../../platform/process/bound-garbage.ts';
import { BATCH_LENGTH, BATCH_ROWS } from './limits.ts';
import type { Row } from './row.ts';
import { Unreadable } from './unreadable.ts';

/**
 * Cuts rows into batches. A row about the same entry as one before it begins the next batch, so that
 * it finds what that one wrote. What was read before a file breaks off counts.
 */
export async function* batchesOf(
  rows: AsyncIterable<Row>,
): AsyncGenerator<readonly Row[], void, undefined> {
  let batch: Row[] = [];
  let keys = new Set<unknown>();
  let length = 0;
  try {
    for await (const row of rows) {
      const isFull = batch.length >= BATCH_ROWS || length + row.length > BATCH_LENGTH;
      if (batch.length > 0 && (isFull || keys.has(row.key))) {
        yield batch;
        boundGarbage();
        [batch, keys, length] = [[], new Set(), 0];
      }
      batch.push(row);
      if (row.key !== undefined && row.key !== null) keys.add(row.key);
      length += row.length;
    }
  } catch (error) {
    if (error instanceof Unreadable && batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}
