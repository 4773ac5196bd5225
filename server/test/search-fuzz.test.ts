import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** Whatever is searched for is an answer or a 400, and no text of it becomes SQL or markup. */
let server: TestServer;
const entries = '/api/v1/collections/posts/entries';

beforeAll(async () => {
  server = await startTestServer();
  const fields = [
    { name: 'title', type: 'text' },
    { name: 'live', type: 'bool' },
    { name: 'meta', type: 'json' },
  ];
  const made = await server.ask('POST', '/api/v1/collections', { body: { name: 'posts', fields } });
  expect(made.status).toBe(201);
  for (const title of [
    "Robert'); drop table entries;--",
    "'a' & !b:*",
    '<mark>x</mark> 50% \\ "q"',
  ])
    await server.ask('POST', entries, { body: { data: { title, live: true } } });
});
afterAll(() => server.close());

const special = fc
  .array(
    fc.constantFrom(
      ...`' " \\ & | ! ( ) : * < > <-> - -- ; $1 % _ . / @ # ~ é ß İ 東 a drop null NUL`.split(' '),
      ' ',
      '\u0000',
      '\u202e',
      '\ud800',
      '😀',
      '\n',
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));
const text = fc.oneof(special, fc.string({ unit: 'binary', maxLength: 60 }), fc.string());
const allowed = (status: number): void => expect([200, 400, 422]).toContain(status);

it('any text, through every door', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (q) => {
      const encoded = encodeURIComponent(q.toWellFormed());
      const replies = await Promise.all([
        server.ask('GET', `${entries}?search=${encoded}`),
        server.ask('GET', `/api/models/posts/entries?search=${encoded}`),
        server.ask('GET', `${entries}/search?q=${encoded}`),
        server.ask('GET', `/api/v1/search?q=${encoded}`),
        server.ask('POST', `${entries}/search`, { body: { q, facets: ['live'] } }),
        server.ask('POST', `${entries}/search`, {
          body: { query: { should: [{ match: { title: q } }, { title: { match: q } }] } },
        }),
      ]);
      for (const { status } of replies) allowed(status);
    }),
    { numRuns: 120 },
  );
});

it('any query', async () => {
  const name = fc.oneof(
    fc.constantFrom('title', 'live', 'meta', 'status', 'match', 'term', 'range', 'exists', '_or'),
    fc.string({ maxLength: 8 }),
  );
  const { clause } = fc.letrec((tie) => ({
    clause: fc.oneof(
      { depthSize: 'small' },
      fc.jsonValue({ maxDepth: 1 }),
      fc.dictionary(name, tie('clause'), { maxKeys: 2 }),
    ),
  }));
  const clauses = fc.array(clause, { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(
      fc.record(
        { must: clauses, should: clauses, must_not: clauses, minimum_should_match: fc.nat(4) },
        { requiredKeys: [] },
      ),
      async (query) => {
        allowed((await server.ask('POST', `${entries}/search`, { body: { query } })).status);
      },
    ),
    { numRuns: 200 },
  );
});

it('finds what looks like SQL, and shows markup as text', async () => {
  const asked = async (q: string) =>
    (await server.ask('GET', `${entries}/search?q=${encodeURIComponent(q)}`)).body;
  const found = await asked("'); drop table entries;--");
  expect(found['items']?.[0]?.['highlights']?.['title']).toBe(
    'Robert&#39;); <mark>drop</mark> <mark>table</mark> <mark>entries</mark>;--',
  );
  const marked = await asked('x');
  expect(marked['items']?.[0]?.['highlights']?.['title']).toBe(
    '<mark>x</mark> 50% \\ &quot;q&quot;',
  );
  expect((await server.ask('GET', entries)).body['total']).toBe(3);
});
