import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CollectionCtx } from '../src/content/context.ts';
import { compilePlan, type ViewInput } from '../src/content/includes/compile-plan.ts';
import { showEntries } from '../src/content/includes/show-entries.ts';
import { canonical } from '../src/features/entries/entry.mapper.ts';
import { listEntries, type ListInput } from '../src/features/entries/list-entries.ts';
import { collectionCtx, watched } from './collection-ctx.ts';
import { startTestServer, type TestServer } from './harness.ts';

/** 20,000 posts that point to 200 authors, nearly all of them to one: what is read of them. */
let server: TestServer;
let authors: CollectionCtx;
const ROWS = 20_000;
const AUTHOR = 100_000;

beforeAll(async () => {
  server = await startTestServer();
  const collection = (name: string, fields: object[]) =>
    server.ask('POST', '/api/v1/collections', { body: { name, fields } });
  await collection('authors', [{ name: 'name', type: 'text' }]);
  await collection('posts', [
    { name: 'title', type: 'text', indexed: true },
    { name: 'author', type: 'relation', options: { collection: 'authors' } },
  ]);
  authors = await collectionCtx(server, 'authors');
  const { collection: posts, project, sql } = await collectionCtx(server, 'posts');
  const run = (text: string, values: unknown[] = []) => sql.rows({ text }, values);
  const idOf = (number: string) => `'ent_' || lpad((${number})::text, 26, '0')`;
  const fill = async (id: string, numbers: string, data: string) => {
    const values = [project.id, id];
    await run(
      `insert into entries (id, project_id, collection_id, status, version, created_at, updated_at)
       select ${idOf('n')}, $1, $2, 'published', 1, now(), now() from generate_series(${numbers}) as n`,
      values,
    );
    await run(
      `insert into entry_states (stage, entry_id, project_id, collection_id, status, version, created_at, updated_at, data)
       select 'current', ${idOf('n')}, $1, $2, 'published', 1, now(), now() - n * interval '1 minute', ${data}
       from generate_series(${numbers}) as n`,
      values,
    );
  };
  const author = idOf(`case when n % 100 = 0 then ${AUTHOR} + n / 100 % 200 else ${AUTHOR} end`);
  await fill(authors.collection.id, `${AUTHOR}, ${AUTHOR + 199}`, `jsonb_build_object('name', n)`);
  await fill(posts.id, `1, ${ROWS}`, `jsonb_build_object('title', 't' || n, 'author', ${author})`);
  await run(
    `insert into entry_references (from_entry_id, field_id, path, to_entry_id, project_id, from_collection_id, to_collection_id, on_delete)
     select ${idOf('n')}, $3, 'author', ${author}, $1, $2, $4, 'restrict' from generate_series(1, ${ROWS}) as n`,
    [project.id, posts.id, posts.fields[1]?.id, authors.collection.id],
  );
  await run('analyze');
}, 120_000);
afterAll(() => server.close());

/** Explains what a list with its includes reads last, by running it. */
async function planOf(input: Partial<ListInput> & ViewInput): Promise<string> {
  const { ctx, ran } = watched(authors);
  const plan = await compilePlan(ctx, input);
  const asked = { defaultSize: 100, sort: 'id', count: 'none', ...input } as const;
  const { list } = await listEntries(ctx, asked);
  expect(list.rows.length).toBeGreaterThan(0);
  await showEntries(ctx, canonical, list.rows, plan);
  const last = ran.at(-1);
  const rows = await authors.sql.rows<{ 'QUERY PLAN': string }>(
    { text: `explain (analyze, timing off) ${last?.statement.text}` },
    last?.values ?? [],
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

it('reads as many references of each entry as it shows', async () => {
  const plan = await planOf({ include: 'posts_via_author' });
  const [, average] =
    /using entry_references_to_entry on entry_references.*actual rows=([\d.]+) loops=100/.exec(
      plan,
    ) ?? [];
  // One author has twenty thousand, of which twenty are shown; the others have one.
  expect(Number(average), plan).toBeLessThan(3);
  expect(plan).not.toContain('Seq Scan');
});

it('goes from an indexed field of theirs to the entries that they point to', async () => {
  const plan = await planOf({ filter: { 'posts_via_author.title': 't77' } });
  expect(plan).not.toMatch(/Seq Scan on (entry_references|es_\w+ r1)/);
  expect(plan).toContain('ix_');
});
