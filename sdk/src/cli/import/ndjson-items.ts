import { type Item, itemOf, type Position } from './item.ts';

const NEWLINE = 0x0a;

/**
 * Reads lines, whose JSON is the server's to understand; empty ones are only counted. Holds one at a time.
 */
export async function* ndjsonItems(
  chunks: AsyncIterable<Buffer>,
  from: Position,
): AsyncGenerator<Item, void, undefined> {
  let { line, offset } = from;
  let begun: Buffer[] = [];
  const finish = (rest: Buffer, newline: number): Item | undefined => {
    const bytes = begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
    begun = [];
    line += 1;
    offset += bytes.length + newline;
    return read(bytes, line, { line, offset });
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      const item = finish(chunk.subarray(from, at), 1);
      if (item) yield item;
      from = at + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  const last = begun.length > 0 ? finish(Buffer.alloc(0), 0) : undefined;
  if (last) yield last;
}

function read(bytes: Buffer, line: number, end: Position): Item | undefined {
  const item = itemOf(bytes, { line, end });
  // Also without a byte order mark, which counts as space.
  const text = item.text.trim();
  return text === '' ? undefined : { ...item, text };
}
