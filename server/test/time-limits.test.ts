import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

let server: TestServer;
let other: pg.Client;

beforeAll(async () => {
  server = await startTestServer({ config: { statementSeconds: 1 } });
  other = new pg.Client(server.databaseUrl);
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await server.close();
});

/** A collection with one entry, and the name of its partition. */
async function collection(name: string): Promise<string> {
  const fields = ['title', 'note'].map((each) => ({ name: each, type: 'text' }));
  const made = await server.ask('POST', '/api/v1/collections', { body: { name, fields } });
  expect(made.status).toBe(201);
  expect((await create(name)).status).toBe(201);
  return `es_${String(made.body['id']).slice(4)}`;
}

const create = (name: string) =>
  server.ask('POST', `/api/v1/collections/${name}/entries`, { body: { title: 'T', note: 'N' } });
const list = (name: string) => server.ask('GET', `/api/v1/collections/${name}/entries`);

/** Makes every write of a kind to a partition take longer than a statement may. */
const slowed = (table: string, kind: 'insert' | 'update') =>
  other.query(`
    create function slow_${table}() returns trigger language plpgsql as
      $$ begin perform pg_sleep(1.5); return new; end $$;
    create trigger slow before ${kind} on ${table} for each row execute function slow_${table}()`);

it('stops a statement that takes too long, and nothing is written', async () => {
  await slowed(await collection('inserted'), 'insert');
  const refused = await create('inserted');
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({ error: { code: 'QUERY_TOO_SLOW' } });
  expect((await list('inserted')).body).toMatchObject({ total: 1 });
  const { rows } = await other.query('select count(*)::int as n from entries');
  expect(rows).toEqual([{ n: 1 }]);
});

it('waits for what others hold, and not for long', async () => {
  const table = await collection('held');
  await other.query(`begin; lock table ${table} in access exclusive mode`);
  const refused = await list('held');
  await other.query('rollback');
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('2');
  expect(refused.body).toMatchObject({ error: { code: 'SERVICE_UNAVAILABLE' } });
  expect((await list('held')).status).toBe(200);
});

it('lets a change of the schema take its time, and only that', async () => {
  await slowed(await collection('changed'), 'update');
  const path = '/api/v1/collections/changed';
  const before = (await server.ask('GET', path)).body['fields'] as unknown as { name: string }[];
  const fields = before.filter(({ name }) => name === 'title');
  const dropped = await server.ask('PATCH', `${path}?confirm=true`, { body: { fields } });
  expect(dropped.status).toBe(200);
  const { items } = (await list('changed')).body;
  expect(items?.[0]?.['data']).toEqual({ title: 'T' });
  const entry = `${path}/entries/${String(items?.[0]?.['id'])}`;
  const late = await server.ask('PATCH', entry, { body: { title: 'U' } });
  expect(late.body).toMatchObject({ error: { code: 'QUERY_TOO_SLOW' } });
});
