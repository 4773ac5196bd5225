import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { type Item, type Position, start } from './item.ts';
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
      expect(items.map(({ line, entry }) => [line, entry])).toEqual([
        [1, { a: 'ä' }],
        [3, { b: 2 }],
        [4, undefined],
        [5, undefined],
        [6, { c: 3 }],
      ]);
    }
  });

  it('says what is wrong with a line, and shows it', async () => {
    const items = await all(ndjsonItems(inPieces(text, 1000), start));
    expect(items[2]).toMatchObject({
      problem: expect.stringContaining('no JSON'),
      data: 'nonsense',
    });
    expect(items[3]).toMatchObject({ problem: 'An entry is a JSON object.', data: [1] });
  });

  it('goes on after any line', async () => {
    const file = join(folder, 'lines.ndjson');
    writeFileSync(file, text);
    const items = await all(fileItems(file, start));
    for (const [index, { end }] of items.entries())
      expect(await all(fileItems(file, end))).toEqual(items.slice(index + 1));
  });
});

describe('arrays', () => {
  const file = join(folder, 'array.json');
  const from = (line: number): Position => ({ line, offset: 0 });

  it('are known by their first byte, and read element by element', async () => {
    writeFileSync(file, ' \n[{"a":1},\n {"b":[{"c":2}]}, 3 ]');
    const items = await all(fileItems(file, start));
    expect(items.map(({ line, entry, data }) => [line, entry, data])).toEqual([
      [1, { a: 1 }, { a: 1 }],
      [2, { b: [{ c: 2 }] }, { b: [{ c: 2 }] }],
      [3, undefined, 3],
    ]);
    const cutBy = ({ line, size, data }: Item) => ({ line, size, data });
    const rest = await all(fileItems(file, from(1)));
    expect(rest.map((each) => cutBy(each))).toEqual(items.slice(1).map((each) => cutBy(each)));
  });

  it('tell where their text breaks off', async () => {
    writeFileSync(file, '[{"a":1},{"b":');
    await expect(all(fileItems(file, start))).rejects.toThrow('cannot be read to its end');
  });
});

describe('a stream', () => {
  it('may be either', async () => {
    const array = await all(streamItems(inPieces(' [{"a":1}, {"b":2}]', 3)));
    const lines = await all(streamItems(inPieces('{"a":1}\n{"b":2}\n', 3)));
    expect(array.map(({ entry }) => entry)).toEqual([{ a: 1 }, { b: 2 }]);
    expect(lines.map(({ entry }) => entry)).toEqual([{ a: 1 }, { b: 2 }]);
    expect(await all(streamItems(Readable.from([])))).toEqual([]);
  });
});
