import type { Item, Position } from './item.ts';

/** Items that are sent as one request. */
export interface Batch {
  /** Line of the first item; it names the batch, also after an interruption. */
  readonly first: number;
  readonly items: readonly Item[];
  readonly end: Position;
}

/** A request of this size is well below what servers and proxies let in. */
export const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/**
 * Cuts items into batches of at most `size` items and MAX_BATCH_BYTES. Begun at the end of a batch it
 * cuts the rest as before, which is what makes an interrupted import safe to go on with.
 */
export async function* batches(
  items: AsyncIterable<Item>,
  size: number,
): AsyncGenerator<Batch, void, undefined> {
  let batch: Item[] = [];
  let bytes = 0;
  try {
    for await (const item of items) {
      const full = batch.length >= size || bytes + item.size > MAX_BATCH_BYTES;
      if (full && batch.length > 0) {
        yield batchOf(batch);
        batch = [];
        bytes = 0;
      }
      batch.push(item);
      bytes += item.size;
    }
  } catch (error) {
    // What was read before the text broke off counts.
    if (batch.length > 0) yield batchOf(batch);
    throw error;
  }
  if (batch.length > 0) yield batchOf(batch);
}

const batchOf = (items: readonly Item[]): Batch => {
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) throw new RangeError('A batch holds at least one item.');
  return { first: first.line, items, end: last.end };
};
