import { createReadStream } from 'node:fs';
import type { TransferFormat } from '../../resources/transfers.ts';
import { arrayItems } from './array-items.ts';
import { csvItems } from './csv-items.ts';
import { type Item, type Position, start } from './item.ts';
import { ndjsonItems } from './ndjson-items.ts';

const OPENING_BRACKET = 0x5b;
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/** The items of a file from a position on: CSV if it is that, else a JSON array where it begins with one, else NDJSON. */
export async function* fileItems(
  path: string,
  format: TransferFormat,
  from: Position,
): AsyncGenerator<Item> {
  if (format === 'csv') return yield* csvItems(createReadStream(path), from);
  const stream = createReadStream(path);
  const array = await beginsArray(stream);
  stream.destroy();
  // Lines can be gone on with in the middle of the file, an array only by reading it again.
  if (array) yield* arrayItems(createReadStream(path), from);
  else yield* ndjsonItems(createReadStream(path, { start: from.offset }), from);
}

/** The items of a stream that can be read once. */
export async function* streamItems(
  input: AsyncIterable<Buffer | string>,
  format: TransferFormat,
): AsyncGenerator<Item> {
  if (format === 'csv') return yield* csvItems(replay([], input[Symbol.asyncIterator]()), start);
  const chunks = input[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  let array: boolean | undefined;
  while (array === undefined) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    const chunk = Buffer.from(value as string);
    head.push(chunk);
    array = firstByteOf(chunk);
  }
  const all = replay(head, chunks);
  yield* array ? arrayItems(all, start) : ndjsonItems(all, start);
}

async function* replay(
  head: readonly Buffer[],
  rest: AsyncIterator<Buffer | string>,
): AsyncGenerator<Buffer> {
  yield* head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next())
    yield Buffer.from(next.value as string);
}

async function beginsArray(stream: AsyncIterable<Buffer>): Promise<boolean> {
  for await (const chunk of stream) {
    const found = firstByteOf(chunk);
    if (found !== undefined) return found;
  }
  return false;
}

/** Whether the first byte that is not blank opens an array; undefined where all are blank. */
const firstByteOf = (chunk: Buffer): boolean | undefined => {
  const first = chunk.find((byte) => !BLANK.has(byte));
  return first === undefined ? undefined : first === OPENING_BRACKET;
};
