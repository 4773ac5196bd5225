import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CollectionCtx } from '../src/content/context.ts';
import { listEntries, type ListInput } from '../src/features/entries/list-entries.ts';
import { collectionCtx, watched } from './collection-ctx.ts';
import { startTestServer, type TestServer } from './harness.ts';

/** Lists of 20,000 rows: which indexes they are read off, and in how many statements. */
let server: TestServer;
let base: CollectionCtx;
const ROWS = 20_000;

beforeAll(async () => {
  server = await startTestServer();
  const made = await server.ask('POST', '/api/v1/collections', {
    body: {
      name: 'things',
      fields: [
        { name: 'title', type: 'text', indexed: true },
        { name: 'price', type: 'number', indexed: true },
        { name: 'sku', type: 'text', unique: true },
        {
          name: 'tags',
          type: 'select',
          indexed: true,
          options: { values: ['a', 'b', 'c'], multiple: true },
        },
        { name: 'plain', type: 'text' },
      ],
    },
  });
  expect(made.status).toBe(201);
  base = await collectionCtx(server, 'things');
  const { table } = base.collection.statements;
  const run = (text: string, values: unknown[] = []) => base.sql.rows({ text }, values);
  await run(
    `insert into entry_states (stage, entry_id, project_id, collection_id, status, version, created_at, updated_at, data)
     select 'current', 'ent_' || lpad(n::text, 26, '0'), $1, $2, 'published', 1, now(), now() - n * interval '1 minute',
       jsonb_build_object('title', 'title ' || (n * 7919 % ${ROWS}), 'price', case when n % 10 > 0 then n * 31 % 1000 end, 'sku', 's' || n,
         'tags', case when n % 5000 = 0 then '["c"]'::jsonb else '["a","b"]'::jsonb end, 'plain', md5(n::text))
     from generate_series(1, ${ROWS}) as n`,
    [base.project.id, base.collection.id],
  );
  await run(`analyze ${table}`);
});
afterAll(() => server.close());

type Asked = Partial<ListInput>;

/** Lists, and explains the statement that read the rows. */
async function planOf(input: Asked) {
  const { ctx, ran } = watched(base);
  const listed = await listEntries(ctx, { defaultSize: 20, count: 'none', ...input });
  expect(ran).toHaveLength(input.count === undefined ? 1 : 2);
  const [read] = ran;
  const plan = await base.sql.rows<{ 'QUERY PLAN': string }>(
    { text: `explain ${read?.statement.text}` },
    read?.values ?? [],
  );
  return { listed, plan: plan.map((row) => row['QUERY PLAN']).join('\n') };
}

const indexOf = (name: string): string => {
  const field = base.collection.fields.find((each) => each.name === name);
  return `${field?.unique ? 'uq' : 'ix'}_${field?.id.slice(4)}`;
};

describe('filters use the index of their field', () => {
  it.each<[string, Asked]>([
    ['title', { filter: { title: 'title 77' } }],
    ['title', { filter: { title: ['title 77', 'title 78'] } }],
    ['title', { filter: 'title = "title 77" && plain != null' }],
    ['sku', { filter: { sku: 's77' } }],
    ['price', { filter: { price: { gt: 998.5 } } }],
    ['price', { filter: { price: { gte: '999', lt: '1000' } } }],
    ['tags', { filter: { tags: { has: 'c' } } }],
  ])('%s %j', async (field, asked) => {
    const { plan, listed } = await planOf(asked);
    expect(plan).toContain(indexOf(field));
    expect(plan).not.toContain('Seq Scan');
    expect(listed.list.rows.length).toBeGreaterThan(0);
  });
});

describe('sorts are read off an index, in both directions, with nulls where they belong', () => {
  it.each([
    'price',
    '-price',
    'price:nulls_first',
    '-price:nulls_first',
    'title',
    '-title',
    '-updated_at',
    'updated_at',
  ])('%s', async (sort) => {
    const first = await planOf({ sort });
    const index = /updated/.test(sort) ? 'updated_at' : indexOf(sort.replace(/^-|:.*/g, ''));
    expect(first.plan).toContain(index);
    expect(first.plan).not.toContain('Seq Scan');
    const next = await planOf({ sort, cursor: String(first.listed.cursors.next) });
    expect(next.plan).toContain(index);
    expect(next.plan).not.toContain('Seq Scan');
    const back = await planOf({ sort, cursor: String(next.listed.cursors.prev) });
    expect(back.plan).toContain(index);
    const ids = (each: typeof first) => each.listed.list.rows.map((row) => row.entry_id);
    expect(ids(back)).toEqual(ids(first));
  });

  it('finds the place of a cursor among equals without passing over them', async () => {
    const first = await planOf({ sort: 'price' });
    const next = await planOf({ sort: 'price', cursor: String(first.listed.cursors.next) });
    expect(next.plan).toMatch(/Index Cond: .*ROW\(/);
  });
});

describe('a filter that no null meets', () => {
  it.each(['-price', 'price:nulls_first'])('%s is read in one piece', async (sort) => {
    const filter = { price: { lt: 500 } };
    const { plan, listed } = await planOf({ filter, sort });
    expect(plan).toContain(indexOf('price'));
    expect(plan).not.toMatch(/Append|Sort/);
    const prices = listed.list.rows.map(
      ({ data }) => (JSON.parse(data) as { price: number }).price,
    );
    expect(prices).toHaveLength(20);
    expect(prices).toEqual(
      prices.toSorted((one, other) => (sort === 'price:nulls_first' ? one - other : other - one)),
    );
    // The next page, too, from the place that the cursor says.
    const next = await planOf({ filter, sort, cursor: String(listed.cursors.next) });
    expect(next.plan).toMatch(/Index Cond: .*ROW\(/);
  });

  it.each([
    { price: { ne: 5 } },
    { _or: [{ price: { lt: 5 } }, { plain: 'x' }] },
    { _not: { price: { lt: 5 } } },
  ])('others leave nulls where they belong: %j', async (filter) => {
    const { listed } = await planOf({ filter, sort: '-price:nulls_first', limit: 1 });
    const [row] = listed.list.rows;
    const { price } = JSON.parse(row?.data ?? '{}') as { price: number | null };
    expect(price).toBe('_or' in filter ? 4 : null);
  });
});

it('passes over rows by their ids alone', async () => {
  const { plan, listed } = await planOf({ limit: 10, offset: 2000 });
  expect(plan).toContain('Index Only Scan');
  expect(listed.list.rows[0]?.entry_id).toBe(`ent_${String(ROWS - 2000).padStart(26, '0')}`);
});

it('counts in one more statement, and guesses where there are many', async () => {
  const exact = await planOf({ filter: { price: { gt: 500 } }, count: 'exact' });
  expect(exact.listed.list.total).toBe(9000);
  const { ctx, ran } = watched(base);
  const guessed = await listEntries(ctx, { defaultSize: 20, count: 'estimated' });
  expect(ran).toHaveLength(2);
  // A guess is kept for a while.
  const again = await listEntries(ctx, { defaultSize: 20, count: 'estimated' });
  expect(ran).toHaveLength(3);
  expect(again.list.total).toBe(guessed.list.total);
  expect(guessed.list.total).toBeGreaterThan(ROWS * 0.9);
  expect(guessed.list.total).toBeLessThan(ROWS * 1.1);
  const few = await listEntries(base, {
    defaultSize: 20,
    count: 'estimated',
    filter: { title: 'title 77' },
  });
  expect(few.list.total).toBe(1);
});
