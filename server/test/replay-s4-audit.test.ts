import { afterAll, beforeAll, expect, it } from 'vitest';
import { logIn, register, tokensOf } from './accounts.ts';
import { startTestServer, type TestServer } from './harness.ts';

/** Document S4 (FastCMS, "API Reference"), "Audit Logs API", literally and in its order. */
let server: TestServer;
/** ADMIN_TOKEN */
let key: string;

beforeAll(async () => {
  server = await startTestServer();
  const body = { email: 'admin@example.com', password: 'SecurePass123' };
  key = tokensOf(await server.ask('POST', '/api/v1/auth/register', { body })).access;
  await register(server, 'user@example.com');
  await logIn(server, 'user@example.com', 'WrongPass1234');
});
afterAll(() => server.close());

it('lists audit logs: GET /api/v1/audit', async () => {
  const reply = await server.ask('GET', '/api/v1/audit', { key });
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({ total: 3, page: 1, per_page: 30 });
  const [first] = reply.body['items'] as unknown as { id: string; created: string }[];
  expect(first).toMatchObject({ event_type: 'auth.login_failed', severity: 'warning' });
});

it('takes each of its parameters', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const query = [
    'limit=10',
    'offset=0',
    'event_type=auth.login_failed',
    'severity=warning',
    'ip_address=127.0.0.1',
    `from_date=${today}`,
    `to_date=${today}`,
  ];
  const found = await server.ask('GET', `/api/v1/audit?${query.join('&')}`, { key });
  expect([found.status, found.body['total']]).toEqual([200, 1]);
  const nobody = await server.ask('GET', '/api/v1/audit?user_id=user_unknown', { key });
  expect([nobody.status, nobody.body['total']]).toEqual([200, 0]);
});

it('gets security events: GET /api/v1/audit/security?severity=critical', async () => {
  const reply = await server.ask('GET', '/api/v1/audit/security?severity=critical', { key });
  expect([reply.status, reply.body['items']]).toEqual([200, []]);
});

it('gets statistics: GET /api/v1/audit/statistics', async () => {
  const reply = await server.ask('GET', '/api/v1/audit/statistics', { key });
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({
    total: 3,
    by_type: { 'auth.registered': 2, 'auth.login_failed': 1 },
    by_severity: { info: 1, warning: 2 },
    by_outcome: { success: 2, failure: 1 },
  });
  expect(Object.keys(reply.body)).toEqual(expect.arrayContaining(['by_day', 'from', 'to']));
});

it('is refused to a USER_TOKEN', async () => {
  const { access } = tokensOf(await logIn(server, 'user@example.com'));
  const reply = await server.ask('GET', '/api/v1/audit', { key: access });
  expect([reply.status, reply.body['code']]).toEqual([403, 'FORBIDDEN']);
});
