import { afterAll, beforeAll, expect, it } from 'vitest';
import { deleteOldUses, KEPT_USES } from '../src/features/api-keys/forget-old-uses.ts';
import { movableClock } from './accounts.ts';
import { type Reply, startTestServer, type TestServer } from './harness.ts';
import { apiKeys, makeKey, until } from './keys.ts';

/** What is known of how keys are used: by day, one by one, and when last. */
const clock = movableClock();
let server: TestServer;
const posts = '/api/v1/collections/posts/entries';
const today = () => clock.now().toISOString().slice(0, 10);

beforeAll(async () => {
  server = await startTestServer({ clock });
  await server.ask('POST', '/api/v1/collections', { body: { name: 'posts' } });
  clock.move(86_400 - ((clock.now().getTime() / 1000) % 86_400));
});
afterAll(() => server.close());

const usageOf = (id: string, query = '') => server.ask('GET', `${apiKeys}/${id}/usage${query}`);
/** The usage, once as much as this is written. */
const written = (id: string, requests: number, query = ''): Promise<Reply> =>
  until(
    () => usageOf(id, query),
    ({ body }) => Number(body['totals']?.['requests']) >= requests,
  );

it('counts by day what was used and what was refused, and logs each', async () => {
  const { id, key } = await makeKey(server, { limits: { per_hour: 3 } });
  const headers = { 'user-agent': 'test-agent', 'x-request-id': 'mine-1' };
  await server.ask('GET', posts, { key, headers });
  await server.ask('GET', `${posts}/ent_01kaj5cz5rf4q9t2jw2hq5m8e3`, { key });
  await server.ask('POST', posts, { key, body: {} });
  expect((await server.ask('GET', posts, { key })).status).toBe(429);
  const day = today();
  const { body } = await until(
    () => usageOf(id),
    (reply) => Number(reply.body['total']) === 4,
  );
  expect(body).toMatchObject({
    total: 4,
    to: day,
    totals: { requests: 3, refused: 1 },
    limits: [{ name: 'per_hour', limit: 3, used: 3 }],
  });
  const days = body['days'] as unknown as { day: string }[];
  expect(days).toHaveLength(30);
  expect(days.at(-1)).toEqual({ day, requests: 3, refused: 1 });
  expect(days[0]).toMatchObject({ day: body['from'], requests: 0 });
  const items = body['items'] as unknown as { operation: string; status: number }[];
  expect(items.map(({ status }) => status)).toEqual([429, 403, 404, 200]);
  expect(items.at(-1)).toEqual({
    at: clock.now().toISOString(),
    operation: 'GET /api/v1/collections/{collection}/entries',
    status: 200,
    ip_address: '127.0.0.1',
    user_agent: 'test-agent',
    request_id: 'mine-1',
  });
  const shown = await server.ask('GET', `${apiKeys}/${id}`);
  expect(shown.body).toMatchObject({
    last_used_at: clock.now().toISOString(),
    last_used_ip: '127.0.0.1',
  });
});

it('keeps days apart, and shows those that are asked for', async () => {
  const { id, key } = await makeKey(server, {});
  const first = today();
  await server.ask('GET', posts, { key });
  clock.move(2 * 86_400);
  for (const _ of [1, 2]) await server.ask('GET', posts, { key });
  await written(id, 3);
  const { body } = await usageOf(id, `?from=${first}&to=${today()}&per_page=2`);
  const days = body['days'] as unknown as { requests: number }[];
  expect(days.map(({ requests }) => requests)).toEqual([1, 0, 2]);
  expect([body['total'], body['total_pages']]).toEqual([3, 2]);
  const one = await usageOf(id, `?from=${first}&to=${first}`);
  expect(one.body).toMatchObject({ total: 1, totals: { requests: 1 } });
  for (const query of [`?from=${today()}&to=${first}`, '?from=2020-01-01', '?from=yesterday'])
    expect((await usageOf(id, query)).status).toBe(400);
});

it('writes many uses in one statement, and those left at the end', async () => {
  const own = await startTestServer({ clock, databaseUrl: server.databaseUrl });
  const { id, key } = await makeKey(server, {});
  await Promise.all(Array.from({ length: 40 }, () => own.ask('GET', posts, { key })));
  await own.close();
  expect((await usageOf(id)).body).toMatchObject({ total: 40, totals: { requests: 40 } });
});

it('keeps the latest uses of each key alone', async () => {
  const [busy, calm] = [await makeKey(server, {}), await makeKey(server, {})];
  const { sql } = server.app.services.database;
  const fill = {
    text: `insert into api_key_uses (key_id, at, operation, status)
      select $1, $2::timestamptz, 'GET /' || n, 200 from generate_series(1, $3::int) as n`,
  };
  const at = clock.now().toISOString();
  await sql.rows(fill, [busy.id, at, KEPT_USES + 50]);
  await sql.rows(fill, [calm.id, at, 5]);
  await deleteOldUses(server.app.services);
  expect((await usageOf(calm.id)).body['total']).toBe(5);
  const { body } = await usageOf(busy.id);
  expect(body['total']).toBe(KEPT_USES);
  const [last] = body['items'] as unknown as { operation: string }[];
  expect(last?.operation).toBe(`GET /${KEPT_USES + 50}`);
});
