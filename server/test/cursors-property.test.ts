import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, startTestServer, type TestServer } from './harness.ts';
import { patience, runs } from './runs.ts';

/** Cursor walks over random rows and sorts while others write: no gap, nothing twice. */
let server: TestServer;
let authors: string[];
const entries = '/api/v1/collections/rows/entries';

beforeAll(async () => {
  server = await startTestServer();
  await server.ask('POST', '/api/v1/collections', {
    body: { name: 'authors', fields: [{ name: 'name', type: 'text' }] },
  });
  const made = await server.ask('POST', '/api/v1/collections/authors/entries/bulk', {
    body: { entries: [{ name: 'Ann' }, { name: 'bob' }, {}] },
  });
  authors = (made.body['items'] as unknown as { id: string }[]).map(({ id }) => id);
  const collection = await server.ask('POST', '/api/v1/collections', {
    body: {
      name: 'rows',
      fields: [
        { name: 'run', type: 'integer', indexed: true },
        { name: 'n', type: 'number', indexed: true },
        { name: 't', type: 'text', indexed: true },
        { name: 'plain', type: 'text' },
        { name: 'b', type: 'bool' },
        { name: 'at', type: 'datetime' },
        {
          name: 'author',
          type: 'relation',
          options: { collection: 'authors', on_delete: 'set_null' },
        },
      ],
    },
  });
  expect(collection.status).toBe(201);
});
afterAll(() => server.close());

const some = <T>(...values: T[]) => fc.option(fc.constantFrom(...values));
const row = fc.record({
  n: some(-1.5, 0, 1, 1e6),
  t: some('', 'a', 'A', 'ä', 'z'),
  plain: some('x', "'", 'Y', '日'),
  b: some(true, false),
  at: some('2024-01-31T09:30:00.000Z', '2026-01-31T00:00:00.001Z'),
  author: some(0, 1, 2),
});
type RowDraft = typeof row extends fc.Arbitrary<infer R> ? R : never;

const key = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.constantFrom(
      'n',
      't',
      'plain',
      'b',
      'at',
      'author.name',
      'sys.updated_at',
      'status',
      'version',
    ),
    fc.constantFrom('', ':nulls_first', ':nulls_last'),
  )
  .map((parts) => parts.join(''));
const sorts = fc.array(key, { minLength: 1, maxLength: 3 }).map((keys) => keys.join());

/** What happens between two pages. */
const meanwhile = fc.oneof(
  row.map((added) => ({ added })),
  fc.nat().map((removed) => ({ removed })),
  fc.constant({}),
);

let run = 0;
const dataOf = ({ author, ...data }: RowDraft, of: number) => ({
  ...data,
  run: of,
  author: author === null ? null : authors[author],
});

const itemIds = (body: Json): string[] =>
  (body['items'] as unknown as { id: string }[]).map(({ id }) => id);

const asked = async (path: string): Promise<Json> => {
  const reply = await server.ask('GET', path);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.body;
};

it(
  'walks forwards and backwards over what stays',
  async () => {
    const property = fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 4 }),
      sorts,
      fc.integer({ min: 1, max: 4 }),
      fc.array(meanwhile, { maxLength: 8 }),
      async (rows, passing, sort, limit, changes) => {
        run += 1;
        const own = run;
        const drafts = rows.map((each) => dataOf(each, own));
        const made = await server.ask('POST', `${entries}/bulk`, { body: { entries: drafts } });
        const ids = itemIds(made.body);
        // Some may be deleted on the way; the others must be met exactly once.
        const mayGo = ids.slice(0, Math.min(passing, ids.length - 1));
        const stays = (id: string) => ids.includes(id) && !gone.has(id) && !mayGo.includes(id);
        const gone = new Set<string>();
        const pending = [...changes];
        const change = async () => {
          const next = pending.shift();
          if (next && 'added' in next)
            await server.ask('POST', entries, { body: dataOf(next.added, own) });
          if (next && 'removed' in next && mayGo.length > 0) {
            const id = mayGo[next.removed % mayGo.length] as string;
            gone.add(id);
            await server.ask('DELETE', `${entries}/${id}`);
          }
        };
        const question = `${entries}?run=${own}&sort=${sort}&limit=${limit}`;
        const walk = async (start: string, direction: 'next_cursor' | 'prev_cursor') => {
          const met: string[] = [];
          let place = start;
          for (let pages = 0; pages < 60; pages += 1) {
            const body = await asked(place === '' ? question : `${question}&cursor=${place}`);
            const found = itemIds(body);
            met.push(...(direction === 'next_cursor' ? found : found.toReversed()));
            const next = body[direction] as unknown as string | null;
            if (next === null)
              return { met, back: body['prev_cursor'] as unknown as string | null, found };
            place = next;
            await change();
          }
          throw new Error('This walk has no end.');
        };

        const forwards = await walk('', 'next_cursor');
        expect(new Set(forwards.met).size).toBe(forwards.met.length);
        const backwards =
          forwards.back === null ? undefined : await walk(forwards.back, 'prev_cursor');

        const whole = itemIds(await asked(`${entries}?run=${own}&sort=${sort}&limit=100`));
        const kept = whole.filter(stays);
        expect(forwards.met.filter(stays)).toEqual(kept);
        if (!backwards) return;
        expect(new Set(backwards.met).size).toBe(backwards.met.length);
        const all = [...backwards.met.toReversed(), ...forwards.found];
        expect(all.filter(stays)).toEqual(kept);
      },
    );
    await fc.assert(property, runs(150));
  },
  patience(120_000),
);
