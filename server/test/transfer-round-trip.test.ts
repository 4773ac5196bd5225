import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { everyField, sendFile } from './transfers.fixture.ts';

/**
 * What is exported and imported into an empty collection is the same, whatever it is: for every type of
 * field, in both formats, with the texts that CSV, spreadsheets and JSON trip over.
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
const author = fc.constantFrom(0, 1);

/** Values of every field; authors by number, since they are made later. */
const entry = fc.record({
  title: fc.option(text),
  body: fc.option(text),
  mail: fc.option(fc.constantFrom('a@b.de', '+x@b.de', '=x@b.de', '-x@b.de')),
  link: fc.option(fc.webUrl({ withQueryParameters: true })),
  slug: fc.constant(null),
  price: fc.option(finite),
  stock: fc.option(fc.maxSafeInteger().map((each) => each || 0)),
  open: fc.option(fc.boolean()),
  day: fc.option(moment.map((each) => each.slice(0, 10))),
  moment: fc.option(moment),
  kind: fc.option(fc.constantFrom('a', 'b')),
  kinds: fc.option(fc.uniqueArray(fc.constantFrom('a', 'b'))),
  extra: fc.option(json),
  author: fc.option(author),
  authors: fc.option(fc.uniqueArray(author)),
  place: fc.option(fc.record({ lat: coordinate, lng: coordinate })),
  seo: fc.option(fc.record({ words: fc.option(text) })),
  parts: fc.option(
    fc.array(fc.record({ type: fc.constant('quote'), text: fc.option(text) }), { maxLength: 2 }),
  ),
});

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

it.each(['csv', 'ndjson'])(
  'gives back exactly what was exported as %s',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 40 }), async (drafts) => {
        const entries = drafts.map((draft, at) => ({
          ...draft,
          slug: `s${at}`,
          author: draft.author === null ? null : authors[draft.author],
          authors: draft.authors?.map((each) => authors[each]) ?? null,
        }));
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
        expect(await dataOf(to)).toEqual(await dataOf(from));
      }),
      { numRuns: 12 },
    );
  },
  120_000,
);
