import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { streamArray } from 'stream-json/streamers/stream-array.js';
import { CliFailure } from '../failure.ts';
import type { Item, Position } from './item.ts';

interface Element {
  readonly key: number;
  readonly value: unknown;
}

/**
 * Reads the elements of one JSON array, however large, one at a time. Throws CliFailure where the
 * text is no JSON: what follows can't be read then.
 */
export async function* arrayItems(
  chunks: AsyncIterable<Buffer>,
  from: Position,
): AsyncGenerator<Item, void, undefined> {
  const counted = { bytes: 0 };
  const elements = streamArray.withParserAsStream();
  const source = Readable.from(counting(chunks, counted));
  // The failure reaches the loop below through the stream itself.
  const reading = pipeline(source, elements).catch(() => undefined);
  try {
    for await (const { key, value } of elements as AsyncIterable<Element>) {
      if (key < from.line) continue;
      // Its own text, not what was read meanwhile: batches must be cut alike each time.
      const text = JSON.stringify(value);
      const line = key + 1;
      yield { line, end: { line, offset: counted.bytes }, size: text.length, text };
    }
    await reading;
  } catch (error) {
    throw new CliFailure(
      `The array cannot be read to its end: ${(error as Error).message}. What came before is imported.`,
      2,
      { cause: error },
    );
  }
}

async function* counting(chunks: AsyncIterable<Buffer>, counted: { bytes: number }) {
  for await (const chunk of chunks) {
    counted.bytes += chunk.length;
    yield chunk;
  }
}
