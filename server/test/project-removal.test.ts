import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeDeleted } from '../src/features/projects/remove-deleted.ts';
import { projectTables } from '../src/features/projects/remove-project.ts';
import { movableClock, register } from './accounts.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { makeKeyOf, makeProject, picking, projects } from './projects.ts';

/** What is left of a deleted project when it can no longer be restored: nothing, in any table. */
let server: TestServer;
let accountId: string;
const clock = movableClock();
const options = { graceDays: 30 };
const MONTH = 31 * 86_400;
const rows = <Row extends object>(text: string, values: readonly unknown[] = []) =>
  server.app.services.database.sql.rows<Row>({ text }, values);

beforeAll(async () => {
  server = await startTestServer({ clock });
  accountId = (await register(server, 'member@example.com')).id;
});
afterAll(() => server.close());

/** Tables of content, which go with their collections, and partitions aside. */
const contentTables = [
  'collections',
  'entries',
  'entry_references',
  'entry_states',
  'entry_versions',
];

/** Tables that know a project, and by which column; but indexes, whose rows go when their engine has deleted them. */
async function tablesOfProjects(): Promise<[string, string][]> {
  const found = await rows<{ table_name: string; column_name: string }>(
    `select table_name, column_name from information_schema.columns
     where table_schema = 'public' and column_name in ('project_id', 'scope_id') and table_name !~ '^(es_|search_indexes$)' order by 1`,
  );
  return found.map(({ table_name, column_name }) => [table_name, column_name]);
}

/** How many rows each table has of a project. */
async function countRows(id: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [table, column] of await tablesOfProjects()) {
    const [counted] = await rows<{ n: number }>(
      `select count(*)::int as n from ${table} where ${column} = $1`,
      [id],
    );
    counts[table] = counted?.n ?? 0;
  }
  return counts;
}

/** A project with something in every table. */
async function makeFull(): Promise<string> {
  const id = await makeProject(server, { name: 'full', template: 'blog' });
  const own = picking(id);
  const author = await server.ask('POST', '/api/v1/collections/authors/entries', {
    headers: { ...own.headers, 'idempotency-key': 'author' },
    body: { name: 'Ada' },
  });
  for (const part of [1, 2])
    await server.ask('POST', '/api/v1/collections/posts/entries/bulk', {
      ...own,
      body: {
        entries: Array.from({ length: 700 }, (_, index) => ({
          title: `Post ${part} ${index}`,
          author: author.body['id'],
        })),
      },
    });
  const key = await makeKeyOf(server, id);
  expect((await server.ask('GET', '/api/v1/collections', { key })).status).toBe(200);
  const { newId } = server.app.services;
  const role = newId('role');
  for (const [text, values] of [
    [
      `insert into api_key_uses (key_id, at, operation, status) select id, now(), 'GET', 200 from api_keys where project_id = $1`,
      [id],
    ],
    [`insert into search_feeds (project_id, event_xid, event_id) values ($1, '0', 0)`, [id]],
    [
      `insert into roles (id, scope_id, name, permissions, created_at, updated_at) values ($2, $1, 'r', '[]', now(), now())`,
      [id, role],
    ],
    [
      `insert into project_members (account_id, project_id, role, custom_role_id, created_at) values ($2, $1, 'custom', $3, now())`,
      [id, accountId, role],
    ],
    [
      `insert into invitations (id, scope_id, email, role, custom_role_id, hash, created_at, expires_at) values ($2, $1, 'a@example.com', 'custom', $3, $2, now(), now())`,
      [id, newId('inv'), role],
    ],
  ] as const)
    await rows(text, values);
  // Who reads the audit log has it sealed: nothing waits for that any more.
  await server.ask('GET', '/api/v1/audit', own);
  for (const [table, count] of Object.entries(await countRows(id)))
    if (table !== 'audit_pending') expect(count, table).toBeGreaterThan(0);
  return id;
}

const partitionsOf = async (id: string): Promise<string[]> => {
  const found = await rows<{ storage: string }>(
    'select storage from collections where project_id = $1',
    [id],
  );
  return found.map(({ storage }) => storage);
};

async function expectNothingLeft(id: string, partitions: readonly string[]): Promise<void> {
  for (const [table, count] of Object.entries(await countRows(id))) expect(count, table).toBe(0);
  expect(await rows('select 1 from projects where id = $1', [id])).toEqual([]);
  expect(await rows('select 1 from pg_class where relname = any($1)', [partitions])).toEqual([]);
}

it('knows every table that knows a project', async () => {
  const known = new Set([...contentTables, ...projectTables.map(([table]) => table)]);
  const tables = (await tablesOfProjects()).map(([table]) => table);
  expect(tables.filter((table) => !known.has(table))).toEqual([]);
});

it('keeps everything while it can be restored, and others always', async () => {
  const [id, other] = [await makeFull(), await makeFull()];
  const [before, others] = [await countRows(id), await countRows(other)];
  await server.ask('DELETE', `${projects}/${id}`);
  clock.move(29 * 86_400);
  await removeDeleted(server.app.services, options);
  expect(await countRows(id)).toMatchObject({ entries: before['entries'] });

  clock.move(2 * 86_400);
  const partitions = await partitionsOf(id);
  expect(partitions).toHaveLength(3);
  await removeDeleted(server.app.services, options);
  await expectNothingLeft(id, partitions);
  expect(await countRows(other)).toEqual(others);
});

it('goes on where it was stopped, and nothing half removed can be restored', async () => {
  const id = await makeFull();
  const partitions = await partitionsOf(id);
  await server.ask('DELETE', `${projects}/${id}`);
  clock.move(MONTH);
  const isThere = async () => (await rows('select 1 from projects where id = $1', [id])).length > 0;
  let stops = 0;
  for (; await isThere(); stops += 1) {
    // As a kill would leave it: after one step more than before.
    let asked = 0;
    await removeDeleted(server.app.services, options, () => (asked += 1) > stops + 1);
    // Not even by a server whose clock is behind.
    clock.move(-MONTH);
    expect((await server.ask('POST', `${projects}/${id}/restore`)).status).toBe(404);
    clock.move(MONTH);
  }
  expect(stops).toBeGreaterThan(3);
  await expectNothingLeft(id, partitions);
});

it('is done by two servers at once without harm, one of which just starts', async () => {
  const [id, another] = [await makeFull(), await makeFull()];
  const partitions = [...(await partitionsOf(id)), ...(await partitionsOf(another))];
  for (const each of [id, another]) await server.ask('DELETE', `${projects}/${each}`);
  clock.move(MONTH);
  const [second] = await Promise.all([
    startTestServer({ clock, databaseUrl: server.databaseUrl }),
    removeDeleted(server.app.services, options),
    removeDeleted(server.app.services, options),
  ]);
  const left = async () =>
    (await rows('select 1 from projects where id = any($1)', [[id, another]])).length;
  await expect.poll(left, { timeout: 10_000 }).toBe(0);
  for (const each of [id, another]) await expectNothingLeft(each, partitions);
  await second.close();
});
