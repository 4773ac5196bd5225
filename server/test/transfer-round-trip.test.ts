import { fieldTypes } from '@cms/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { choices, everyField, sendFile } from './transfers.fixture.ts';

/**
 * What is exported and imported into an empty collection is the same, whatever it is: for every type of
 * field, alone and nested, in both formats, with the texts that CSV, spreadsheets and JSON trip over.
 */
let server: TestServer;
let authors: readonly string[];
beforeAll(async () => {
  server = await startTestServer();
  await server.ask('POST', '/api/v1/collections', { body: { name: 'authors' } });
  const made = await Promise.all(
    [1, 2].map(() =>
      server.ask('POST', '/api/v1/collections/authors/entries', { body: { data: {} } }),
    ),
  );
  authors = made.map(({ body }) => String(body['id']));
});
afterAll(() => server.close());

const nasty = fc.constantFrom(
  '',
  "'",
  "''",
  "'=",
  "''=1",
  '=1+1',
  '+1',
  '-1',
  '@x',
  '\tx',
  '\rx',
  '\nx',
  "'x",
  '＝1',
  '\r\n',
  '\n',
  '\r',
  '"',
  '""',
  ',',
  ';',
  ' x ',
  '\u2028',
  '\u2029',
  '\uFEFF',
  '\uFEFFx',
  'null',
  'true',
  '1',
  '\\',
  '\u0001',
  '😀',
  '\u00A0',
);
const anyText = fc
  .string({ unit: 'binary', maxLength: 20 })
  .filter((each) => !each.includes('\u0000') && each.isWellFormed());
const text = fc
  .array(fc.oneof(nasty, anyText), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''));
const moment = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const json = fc
  .jsonValue({ maxDepth: 3, stringUnit: 'grapheme' })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  .filter((each) => !/\\u0000|__proto__/.test(JSON.stringify(each)));
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each || 0);
const coordinate = fc.double({ min: -90, max: 90, noNaN: true }).map((each) => each || 0);
/** Authors by number, since they are made later. */
const author = fc.constantFrom(0, 1);
const choice = fc.constantFrom(...choices);
const slug = fc.stringMatching(/^[a-z0-9_~-][a-z0-9._~-]{0,9}$/);

const leaves = {
  title: fc.option(text),
  body: fc.option(text),
  mail: fc.option(fc.constantFrom('a@b.de', '+x@b.de', '=x@b.de', '-x@b.de', "'x@b.de")),
  link: fc.option(fc.webUrl({ withQueryParameters: true })),
  slug: fc.option(slug),
  price: fc.option(finite),
  stock: fc.option(fc.maxSafeInteger().map((each) => each || 0)),
  open: fc.option(fc.boolean()),
  day: fc.option(moment.map((each) => each.slice(0, 10))),
  moment: fc.option(moment),
  kind: fc.option(choice),
  kinds: fc.option(fc.uniqueArray(choice)),
  extra: fc.option(json),
  author: fc.option(author.map((at) => ({ author: at }))),
  authors: fc.option(fc.uniqueArray(author).map((all) => all.map((at) => ({ author: at })))),
  place: fc.option(fc.record({ lat: coordinate, lng: coordinate })),
};
/** Objects that have some of their fields. */
const some = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(fields, { requiredKeys: [] });
const cell = fc.record({ type: fc.constant('cell'), title: fc.option(text) });
const block = fc.oneof(
  fc.record({ type: fc.constant('leaf'), ...leaves }, { requiredKeys: ['type'] }),
  fc.record({ type: fc.constant('row'), cells: fc.array(cell, { maxLength: 2 }) }),
);
const nested = {
  ...leaves,
  part: fc.option(some(leaves)),
  parts: fc.option(fc.array(some(leaves), { maxLength: 2 })),
  blocks: fc.option(fc.array(block, { maxLength: 2 })),
};
const entry = some({
  ...nested,
  seo: fc.option(some(nested)),
  version: fc.option(text),
  status: fc.option(text),
  created_at: fc.option(text),
  updated_by: fc.option(text),
});

/** The same with the ids of authors. */
const withIds = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withIds);
  if (typeof value !== 'object' || value === null) return value;
  const at = (value as { author?: unknown }).author;
  if (typeof at === 'number' && Object.keys(value).length === 1) return authors[at];
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withIds(each)]));
};

let round = 0;
const fresh = async (): Promise<string> => {
  const name = `c${(round += 1)}`;
  const fields = everyField;
  const made = await server.ask('POST', '/api/v1/collections', { body: { name, fields } });
  expect(made.status, made.text).toBe(201);
  return name;
};

const dataOf = async (collection: string): Promise<unknown[]> => {
  const reply = await server.ask(
    'GET',
    `/api/v1/collections/${collection}/entries?limit=100&sort=created_at`,
  );
  return (reply.body['items'] as unknown as { data: unknown }[]).map(({ data }) => data);
};

it('has a field of every type', () => {
  const used = JSON.stringify(everyField);
  const types = fieldTypes.filter((type) => !used.includes(`"type":"${type}"`));
  expect(types).toEqual([]);
});

it.each(['csv', 'ndjson'])(
  'gives back exactly what was exported as %s',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 20 }), async (drafts) => {
        const entries = drafts.map((draft) => withIds(draft));
        const [from, to] = [await fresh(), await fresh()];
        const made = await server.ask('POST', `/api/v1/collections/${from}/entries/bulk`, {
          body: { entries: entries.map((data) => ({ data })) },
        });
        expect(made.status, made.text).toBe(201);
        const file = await server.ask(
          'GET',
          `/api/v1/collections/${from}/entries/export?format=${format}`,
        );
        const path = `${to}/entries/import?format=${format}`;
        const reply = await sendFile(server, path, file.text);
        expect(reply.body).toMatchObject({ imported: entries.length, errors: null });
        const before = await dataOf(from);
        // A table has a cell for every field: what was not there is null.
        const empty = Object.fromEntries(everyField.map(({ name }) => [name, null]));
        expect(await dataOf(to)).toEqual(
          format === 'csv' ? before.map((data) => ({ ...empty, ...(data as object) })) : before,
        );
      }),
      { numRuns: 20 },
    );
  },
  120_000,
);
