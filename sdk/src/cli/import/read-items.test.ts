import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { dataOf, type Item, type Position, start } from './item.ts';
import { ndjsonItems } from './ndjson-items.ts';
import { fileItems, streamItems } from './read-items.ts';

const folder = mkdtempSync(join(tmpdir(), 'cms-items-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const all = async (items: AsyncIterable<Item>): Promise<Item[]> => {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
};
const inPieces = (text: string, size: number) => {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / size);
  return Readable.from(
    Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size)),
  );
};
const text = '\uFEFF{"a":"ä"}\r\n\n{"b":2}\nnonsense\n[1]\n{"c":3}';

describe('ndjson', () => {
  it('reads the same however the bytes arrive', async () => {
    for (const size of [1, 2, 3, 7, 1000]) {
      const items = await all(ndjsonItems(inPieces(text, size), start));
      expect(items.map(({ line, text: found }) => [line, found])).toEqual([
        [1, '{"a":"ä"}'],
        [3, '{"b":2}'],
        [4, 'nonsense'],
        [5, '[1]'],
        [6, '{"c":3}'],
      ]);
    }
  });

  it('keeps bytes that are no UTF-8 from being sent as something else', async () => {
    const bytes = Buffer.from('{"a":"\u00e4"}\n{"b":2}', 'latin1');
    const items = await all(ndjsonItems(Readable.from([bytes]), start));
    expect(items.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('UTF-8'),
      undefined,
    ]);
    expect(items[0] && dataOf(items[0])).toEqual({ a: '\uFFFD' });
    expect(items[1] && dataOf(items[1])).toEqual({ b: 2 });
  });

  it('goes on after any line', async () => {
    const file = join(folder, 'lines.ndjson');
    writeFileSync(file, text);
    const items = await all(fileItems(file, 'ndjson', start));
    for (const [index, { end }] of items.entries())
      expect(await all(fileItems(file, 'ndjson', end))).toEqual(items.slice(index + 1));
  });
});

describe('arrays', () => {
  const file = join(folder, 'array.json');
  const from = (line: number): Position => ({ line, offset: 0 });

  it('are known by their first byte, and read element by element', async () => {
    writeFileSync(file, ' \n[{"a":1},\n {"b":[{"c":2}]}, 3 ]');
    const items = await all(fileItems(file, 'ndjson', start));
    expect(items.map(({ line, text: found }) => [line, found])).toEqual([
      [1, '{"a":1}'],
      [2, '{"b":[{"c":2}]}'],
      [3, '3'],
    ]);
    const cutBy = ({ line, size, text: found }: Item) => ({ line, size, found });
    const rest = await all(fileItems(file, 'ndjson', from(1)));
    expect(rest.map((each) => cutBy(each))).toEqual(items.slice(1).map((each) => cutBy(each)));
  });

  it('tell where their text breaks off', async () => {
    writeFileSync(file, '[{"a":1},{"b":');
    await expect(all(fileItems(file, 'ndjson', start))).rejects.toThrow(
      'cannot be read to its end',
    );
  });
});

describe('a stream', () => {
  it('may be either', async () => {
    const array = await all(streamItems(inPieces(' [{"a":1}, {"b":2}]', 3), 'ndjson'));
    const lines = await all(streamItems(inPieces('{"a":1}\n{"b":2}\n', 3), 'ndjson'));
    for (const items of [array, lines])
      expect(items.map((item) => dataOf(item))).toEqual([{ a: 1 }, { b: 2 }]);
    expect(await all(streamItems(Readable.from([]), 'ndjson'))).toEqual([]);
  });
});
