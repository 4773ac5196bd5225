import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CollectionCtx } from '../src/content/context.ts';
import { storedWords } from '../src/content/fields/entry-words.ts';
import { listEntries } from '../src/features/entries/list-entries.ts';
import { searchEntries } from '../src/features/search/search-entries.ts';
import { searchProject } from '../src/features/search/search-project.ts';
import { collectionCtx, type Ran, watched } from './collection-ctx.ts';
import { startTestServer, type TestServer } from './harness.ts';

/** Searches in 20,000 entries: read off the index of words, in as many statements as said. */
let server: TestServer;
let base: CollectionCtx;
const ROWS = 20_000;
const fields = [
  { name: 'title', type: 'text' },
  { name: 'body', type: 'editor' },
  { name: 'live', type: 'bool' },
];

beforeAll(async () => {
  server = await startTestServer();
  for (const name of ['things', 'others'])
    await server.ask('POST', '/api/v1/collections', { body: { name, fields } });
  base = await collectionCtx(server, 'things');
  const run = (text: string, values: unknown[] = []) => base.sql.rows({ text }, values);
  await run(
    `insert into entry_states (stage, entry_id, project_id, collection_id, status, version, created_at, updated_at, data)
     select 'current', 'ent_' || lpad(n::text, 26, '0'), $1, $2, 'published', 1, now(), now(),
       jsonb_build_object('title', 'title ' || n, 'body', 'w' || (n % 5000) || ' common ' || md5(n::text), 'live', n % 2 = 0)
     from generate_series(1, ${ROWS}) as n`,
    [base.project.id, base.collection.id],
  );
  const { table } = base.collection.statements;
  await run(`update ${table} set words = ${storedWords(base.collection.fields, 'data')}`);
  await run(`vacuum analyze ${table}`);
});
afterAll(() => server.close());

const planOf = async ({ statement, values }: Ran): Promise<string> => {
  const rows = await base.sql.rows<{ 'QUERY PLAN': string }>(
    { text: `explain ${statement.text}` },
    values,
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
};

describe('one statement, off the index of words', () => {
  it.each(['search', 'search of every value'])('a list: %s', async (kind) => {
    const { ctx, ran } = watched(base);
    const breadth = kind === 'search' ? 'texts' : 'all';
    const input = { search: 'w77 common', breadth, defaultSize: 20, count: 'none' } as const;
    const { list } = await listEntries(ctx, input);
    expect(list.rows.length).toBeGreaterThan(3);
    expect(ran).toHaveLength(1);
    const plan = await planOf(ran[0] as Ran);
    expect(plan).toMatch(/Bitmap Index Scan on es_\w+_words/);
    expect(plan).not.toContain('Seq Scan');
  });

  it('a ranked search, and one more for facets', async () => {
    const { ctx, ran } = watched(base);
    const reply = (await searchEntries(ctx, { q: 'w77 comm', facets: ['live'] })).toJSON();
    // W77 has four, w770 to w779 are other words.
    expect(reply.total).toBe(4);
    expect(reply.facets).toEqual({ live: { false: 4 } });
    expect(ran).toHaveLength(2);
    for (const each of ran) {
      const plan = await planOf(each);
      expect(plan).toMatch(/Bitmap Index Scan on es_\w+_words/);
      expect(plan).not.toContain('Seq Scan');
    }
  });

  it('a search over collections', async () => {
    const { ctx, ran } = watched(base);
    const reply = (await searchProject(ctx, { q: 'w78' })).toJSON();
    // The last word may be a beginning: w78 and w780 to w789.
    expect(reply.total).toBe(44);
    expect(ran).toHaveLength(1);
    expect(await planOf(ran[0] as Ran)).not.toContain('Seq Scan');
  });
});

it('of what very many have, the newest are ranked and counted', async () => {
  const reply = (await searchEntries(base, { q: 'common', limit: 5 })).toJSON();
  expect([reply.total, reply.items.length]).toEqual([1000, 5]);
  expect(reply.items[0]?.id).toBe(`ent_${String(ROWS).padStart(26, '0')}`);
});
