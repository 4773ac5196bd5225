import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movableClock } from './accounts.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { apiKeys, makeKey, untilStatus } from './keys.ts';
import { startServerProcess } from './server-process.ts';

/** A key's life: made, changed, rotated, expired, revoked, and known so by every server at once. */
const clock = movableClock();
let server: TestServer;
let second: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock });
  second = await startTestServer({ clock, databaseUrl: server.databaseUrl });
  await server.ask('POST', '/api/v1/collections', { body: { name: 'posts' } });
});
afterAll(async () => {
  await second.close();
  await server.close();
});

const posts = '/api/v1/collections/posts/entries';
const use = (at: TestServer, key: string) => at.ask('GET', posts, { key });
const inSeconds = (seconds: number) =>
  new Date(clock.now().getTime() + seconds * 1000).toISOString();

it('is told from any other text by its checksum alone', async () => {
  const { key } = await makeKey(server, {});
  expect((await use(server, key)).status).toBe(200);
  const mistyped = key.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'));
  const body = `cms_key_${'0'.repeat(43)}`;
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let sum = '';
  for (let rest = crc32(body), at = 0; at < 6; at += 1, rest = Math.floor(rest / 62))
    sum = digits[rest % 62] + sum;
  for (const text of [mistyped, `${key}x`, key.slice(0, -1), 'cms_key_', body + sum, 'cms_root_x'])
    expect((await use(server, text)).status, text).toBe(401);
});

it('is kept as a hash, and named by its beginning', async () => {
  const { id, key } = await makeKey(server, {});
  await server.ask('POST', `${apiKeys}/${id}/rotate`, { body: {} });
  const { sql } = server.app.services.database;
  for (const table of ['api_keys', 'audit_pending', 'idempotency_keys']) {
    const rows = await sql.rows({ text: `select t::text as text from ${table} t` }, []);
    expect(JSON.stringify(rows)).not.toContain(key.slice(8, 51));
  }
  const shown = await server.ask('GET', `${apiKeys}/${id}`);
  expect(shown.text).not.toMatch(/"(key|hash|previous_hash)":/);
});

it('ends when it expires', async () => {
  const { id, key } = await makeKey(server, { expires_at: inSeconds(60) });
  expect((await use(server, key)).status).toBe(200);
  clock.move(59);
  expect((await use(server, key)).status).toBe(200);
  clock.move(1);
  expect((await use(server, key)).status).toBe(401);
  const path = `${apiKeys}/${id}`;
  expect((await server.ask('GET', path)).body['active']).toBe(false);
  const filtered = async (active: boolean) =>
    (await server.ask('GET', `${apiKeys}?active=${active}&per_page=100`)).text.includes(id);
  expect([await filtered(true), await filtered(false)]).toEqual([false, true]);
  expect((await server.ask('POST', `${path}/rotate`, { body: {} })).status).toBe(409);
  await server.ask('PATCH', path, { body: { expires_at: null } });
  expect((await use(server, key)).status).toBe(200);
});

it('reads a time without a zone as UTC, and takes none that is past', async () => {
  const local = inSeconds(3600).slice(0, 19);
  const { reply } = await makeKey(server, { expires_at: local });
  expect(reply.body['expires_at']).toBe(`${local}.000Z`);
  for (const expires_at of [inSeconds(0), '2020-01-01T00:00:00+02:00', 'tomorrow'])
    expect((await makeKey(server, { expires_at })).reply.status).toBe(422);
});

describe('rotation', () => {
  it('lets the old key work until the overlap ends, on every server', async () => {
    const { id, key } = await makeKey(server, {});
    expect((await use(second, key)).status).toBe(200);
    const body = { overlap_seconds: 30 };
    const rotated = await server.ask('POST', `${apiKeys}/${id}/rotate`, { body });
    expect([rotated.status, rotated.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(rotated.body).toMatchObject({ id, previous_key_expires_at: inSeconds(30) });
    const next = String(rotated.body['key']);
    for (const each of [server, second])
      for (const one of [key, next]) expect((await use(each, one)).status).toBe(200);
    clock.move(30);
    expect((await use(server, key)).status).toBe(401);
    expect(await untilStatus(401, () => use(second, key))).toBeLessThan(1000);
    for (const each of [server, second]) expect((await use(each, next)).status).toBe(200);
  });

  it('without an overlap ends the old key at once, and twice ends the first', async () => {
    const { id, key } = await makeKey(server, {});
    await use(second, key);
    const rotate = async (overlap_seconds: number) =>
      (await server.ask('POST', `${apiKeys}/${id}/rotate`, { body: { overlap_seconds } })).body;
    const kept = String((await rotate(60))['key']);
    await rotate(60);
    expect((await use(server, key)).status).toBe(401);
    expect((await use(server, kept)).status).toBe(200);
    await rotate(0);
    expect((await use(server, kept)).status).toBe(401);
    expect(await untilStatus(401, () => use(second, key))).toBeLessThan(1000);
    const tooLong = { body: { overlap_seconds: 604_801 } };
    expect((await server.ask('POST', `${apiKeys}/${id}/rotate`, tooLong)).status).toBe(422);
  });

  it('of one key by many at once leaves the last and the one before', async () => {
    const { id } = await makeKey(server, {});
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 ? server : second).ask('POST', `${apiKeys}/${id}/rotate`, { body: {} }),
      ),
    );
    const keys = replies.map(({ body }) => String(body['key']));
    expect(new Set(keys).size).toBe(8);
    const good = await Promise.all(keys.map(async (key) => (await use(server, key)).status));
    expect(good.filter((status) => status === 200)).toHaveLength(2);
  });
});

describe('revocation', () => {
  it('ends a key for good on both servers within a second', async () => {
    const { id, key } = await makeKey(server, {});
    for (const each of [server, second]) expect((await use(each, key)).status).toBe(200);
    expect((await server.ask('DELETE', `${apiKeys}/${id}`)).status).toBe(204);
    expect((await use(server, key)).status).toBe(401);
    expect(await untilStatus(401, () => use(second, key))).toBeLessThan(1000);
    expect((await server.ask('DELETE', `${apiKeys}/${id}`)).status).toBe(204);
    for (const [method, path] of [
      ['PATCH', id],
      ['POST', `${id}/rotate`],
    ] as const)
      expect((await server.ask(method, `${apiKeys}/${path}`, { body: {} })).status).toBe(409);
  });

  it('is known to another process within a second', async () => {
    const { databaseUrl, dataDir } = server;
    const other = await startServerProcess(dataDir, { DATABASE_URL: databaseUrl });
    try {
      const { id, key } = await makeKey(server, {});
      const headers = { authorization: `Bearer ${key}` };
      const there = () => fetch(other.url + posts, { headers });
      expect((await there()).status).toBe(200);
      await server.ask('DELETE', `${apiKeys}/${id}`);
      expect(await untilStatus(401, there)).toBeLessThan(1000);
    } finally {
      await other.kill('SIGTERM');
    }
  });
});

it('takes effect on the other server at once when it is changed', async () => {
  const { id, key } = await makeKey(server, { scopes: ['write'] });
  const write = () => second.ask('POST', posts, { key, body: {} });
  expect((await write()).status).toBe(201);
  const body = { name: 'Reader', scopes: ['read'], limits: { per_day: 50 } };
  const changed = await server.ask('PUT', `${apiKeys}/${id}`, { body });
  expect(changed.body).toMatchObject({ ...body, access_level: 'read', allowed_ips: [] });
  expect(await untilStatus(403, write)).toBeLessThan(1000);
});

it('is not changed or revoked by who read it before somebody else changed it', async () => {
  const { id, key } = await makeKey(server, {});
  const path = `${apiKeys}/${id}`;
  const read = await server.ask('GET', path);
  const headers = { 'if-match': String(read.headers.get('etag')) };
  expect((await use(server, key)).status).toBe(200);
  const body = { name: 'one' };
  const first = await server.ask('PATCH', path, { body, headers });
  expect(first.status).toBe(200);
  expect(first.headers.get('etag')).not.toBe(headers['if-match']);
  for (const method of ['PATCH', 'PUT', 'DELETE']) {
    const late = await server.ask(method, path, {
      headers,
      ...(method === 'DELETE' ? {} : { body }),
    });
    expect([late.status, late.body['code']]).toEqual([412, 'PRECONDITION_FAILED']);
  }
  const now = { 'if-match': String(first.headers.get('etag')) };
  expect((await server.ask('DELETE', path, { headers: now })).status).toBe(204);
});

it('takes nothing from a request that is not its to say', async () => {
  const { id, key } = await makeKey(server, {});
  for (const extra of [
    { key: 'cms_key_mine' },
    { hash: '0' },
    { created_by: 'user_x' },
    { account_id: null },
    { active: true },
    { revoked_at: null },
  ]) {
    expect((await makeKey(server, extra)).reply.status).toBe(422);
    expect((await server.ask('PATCH', `${apiKeys}/${id}`, { body: extra })).status).toBe(422);
  }
  const moved = await server.ask('PATCH', `${apiKeys}/${id}`, { body: { project_id: 'proj_x' } });
  expect(moved.status).toBe(422);
  const elsewhere = await makeKey(server, { project_id: 'proj_01kaj5cz5rf4q9t2jw2hq5m8e3' });
  expect(elsewhere.reply.status).toBe(422);
  expect((await use(server, key)).status).toBe(200);
});
