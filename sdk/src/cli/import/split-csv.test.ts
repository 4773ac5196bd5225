import fc from 'fast-check';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { csvItems } from './csv-items.ts';
import { type Item, start } from './item.ts';
import { type CsvRecord, splitCsv } from './split-csv.ts';

const inPieces = (text: string, size: number) => {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / size);
  return Readable.from(
    Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size)),
  );
};
const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};
const shown = ({ bytes, line }: CsvRecord) => [line, String(bytes)];

describe('a CSV is cut into records', () => {
  const text = '\uFEFFa,b\r\n1,"x\r\ny ""z"""\r\n\r\n2,\n"",3\r4,ä';

  it('the same however the bytes arrive, with the lines where they begin', async () => {
    for (const size of [1, 2, 3, 7, 1000])
      expect((await all(splitCsv(inPieces(text, size)))).map((each) => shown(each))).toEqual([
        [1, 'a,b'],
        [2, '1,"x\r\ny ""z"""'],
        [5, '2,'],
        [6, '"",3'],
        [7, '4,ä'],
      ]);
  });

  it('as its cells were written', async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'x', 'ä', ' ') }),
      fc.constantFrom('', '"', '\r\n'),
    );
    const written = (value: string) =>
      /["\n\r,]/.test(value) || value === '' ? `"${value.replaceAll('"', '""')}"` : value;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { maxLength: 5 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 5 }),
        async (rows, newline, size) => {
          const lines = rows.map((cells) => cells.map((each) => written(each)).join(','));
          const records = await all(splitCsv(inPieces(lines.join(newline), size)));
          expect(records.map(({ bytes }) => String(bytes))).toEqual(lines);
        },
      ),
    );
  });

  it('and tells where it is none', async () => {
    const broken = (content: string) => all(splitCsv(inPieces(content, 4)));
    await expect(broken('a\nb"c\n')).rejects.toThrow('begins in line 2, a quote stands in');
    await expect(broken('a\n\n"b"c\n')).rejects.toThrow('begins in line 3, there is text behind');
    await expect(broken('a\n"b\nc')).rejects.toThrow('never closed; the file ends in line 3');
  });
});

it('rows carry the line that names their columns, and go on after any of them', async () => {
  const text = 'a,b\n1,"x\ny"\n\n2,z\n';
  const read = (from: Item['end']) => all(csvItems(inPieces(text, 5), from));
  const items = await read(start);
  expect(items.map(({ line, text: row, head }) => [line, row, head])).toEqual([
    [2, '1,"x\ny"', 'a,b'],
    [5, '2,z', 'a,b'],
  ]);
  for (const [index, { end }] of items.entries())
    expect(await read(end)).toEqual(items.slice(index + 1));
  await expect(all(csvItems(inPieces('\n', 1), start))).rejects.toThrow('The file is empty');
});
