import { afterAll, beforeAll, expect, it } from 'vitest';
import { auth, logIn, register, statusOfMe, tokensOf } from './accounts.ts';
import { startTestServer, type TestServer } from './harness.ts';

/** Where an account is signed in, and how that ends: at once, on every server. */
let server: TestServer;
let second: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  second = await startTestServer({ databaseUrl: server.databaseUrl });
});
afterAll(async () => {
  await second.close();
  await server.close();
});

const refresh = (token: string, at = server) => auth(at, 'refresh', { refresh_token: token });

/** Asks until the answer is 401 and tells after how many milliseconds. */
async function deadAfter(at: TestServer, access: string): Promise<number> {
  const begun = performance.now();
  while ((await statusOfMe(at, access)) !== 401)
    if (performance.now() - begun > 5000) throw new Error('It is still good.');
  return performance.now() - begun;
}

it('takes a token of one server at the other', async () => {
  const { access, refresh: token } = await register(server, 'both@example.com');
  expect(await statusOfMe(second, access)).toBe(200);
  const next = tokensOf(await refresh(token, second));
  expect(await statusOfMe(server, next.access)).toBe(200);
});

it('logs out: tokens die at once here, within a second elsewhere', async () => {
  const { access, refresh: token } = await register(server, 'out@example.com');
  expect(await statusOfMe(second, access)).toBe(200);
  const out = await server.ask('POST', '/api/v1/auth/logout', { key: access });
  expect([out.status, out.text]).toEqual([204, '']);
  expect(await statusOfMe(server, access)).toBe(401);
  expect(await deadAfter(second, access)).toBeLessThan(1000);
  expect((await refresh(token)).status).toBe(401);
  expect((await refresh(token, second)).status).toBe(401);
});

it('ends the session when a refresh token is used twice, whoever comes first', async () => {
  const { access, refresh: first } = await register(server, 'stolen@example.com');
  const elsewhere = tokensOf(await logIn(server, 'stolen@example.com'));
  const next = tokensOf(await refresh(first));
  expect(await statusOfMe(second, next.access)).toBe(200);
  const replay = await refresh(first);
  expect([replay.status, replay.body['code']]).toEqual([401, 'UNAUTHORIZED']);
  expect((await refresh(next.refresh)).status).toBe(401);
  for (const token of [access, next.access]) {
    expect(await statusOfMe(server, token)).toBe(401);
    expect(await deadAfter(second, token)).toBeLessThan(1000);
  }
  // The account's other sessions are not the thief's.
  expect(await statusOfMe(server, elsewhere.access)).toBe(200);
});

it('gives one of many refreshes at once new tokens, and nobody a second pair', async () => {
  const { refresh: token } = await register(server, 'race@example.com');
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, index) => refresh(token, index % 2 === 0 ? server : second)),
  );
  expect(replies.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  expect(replies.every(({ status }) => status === 200 || status === 401)).toBe(true);
});

it('lists sessions, ends one, then all others', async () => {
  const email = 'many@example.com';
  const { access } = await register(server, email);
  const others = [tokensOf(await logIn(server, email)), tokensOf(await logIn(server, email))];
  const list = () => server.ask('GET', '/api/v1/auth/sessions', { key: access });
  const before = await list();
  expect(before.body).toMatchObject({ total: 3, page: 1, per_page: 30, next_cursor: null });
  const items = before.body['items'] as unknown as { id: string; current: boolean }[];
  expect(items.filter(({ current }) => current)).toHaveLength(1);
  expect(items[0]).toMatchObject({ user_agent: 'node', ip_address: expect.any(String) });

  const [first] = items.filter(({ current }) => !current);
  const end = (id: string, key: string) =>
    server.ask('DELETE', `/api/v1/auth/sessions/${id}`, { key });
  const foreign = await register(server, 'foreign@example.com');
  expect((await end(String(first?.id), foreign.access)).status).toBe(404);
  expect((await end(String(first?.id), access)).status).toBe(204);
  expect((await end(String(first?.id), access)).status).toBe(404);
  const alive = await Promise.all(others.map((each) => statusOfMe(server, each.access)));
  expect(alive.toSorted()).toEqual([200, 401]);

  expect((await server.ask('DELETE', '/api/v1/auth/sessions', { key: access })).status).toBe(204);
  for (const each of others) expect(await statusOfMe(server, each.access)).toBe(401);
  expect((await list()).body).toMatchObject({ total: 1, items: [{ current: true }] });
});

it('keeps no reply with tokens for an Idempotency-Key', async () => {
  const headers = { 'idempotency-key': 'once' };
  const body = { email: 'both@example.com', password: 'SecurePass123' };
  const replies = [
    await auth(server, 'login', body, headers),
    await auth(server, 'login', body, headers),
  ];
  const [one, other] = replies.map(tokensOf);
  expect(one?.access).not.toBe(other?.access);
  const rows = await server.app.services.database.sql.rows(
    { text: 'select * from idempotency_keys' },
    [],
  );
  expect(rows).toEqual([]);
});

it('has no account behind a key', async () => {
  const reply = await server.ask('GET', '/api/v1/auth/me');
  expect([reply.status, reply.body['code']]).toEqual([403, 'FORBIDDEN']);
});

it('answers over tRPC as over REST', async () => {
  const login = await server.ask('POST', '/trpc/auth.login', {
    key: null,
    body: { email: 'both@example.com', password: 'SecurePass123' },
  });
  expect(login.headers.get('cache-control')).toBe('no-store');
  const data = login.body['result']?.['data'];
  const me = await server.ask('GET', '/trpc/auth.me?input={}', {
    key: String(data?.['access_token']),
  });
  expect(me.body['result']?.['data']).toEqual(data?.['user']);
});
