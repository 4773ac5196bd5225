import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { mailedToken } from './mail-folder.ts';

/** Document S4 (FastCMS, "API Reference"), "Authentication API", literally and in its order. */
let server: TestServer;
const credentials = { email: 'user@example.com', password: 'SecurePass123' };
const nobody = { key: null };

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('registers: POST /api/v1/auth/register', async () => {
  const reply = await server.ask('POST', '/api/v1/auth/register', { ...nobody, body: credentials });
  expect(reply.status).toBe(201);
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect(reply.body).toEqual({
    access_token: expect.stringMatching(/^eyJ/),
    refresh_token: expect.any(String),
    token_type: 'bearer',
    expires_in: 600,
    user: {
      id: expect.stringMatching(/^user_/),
      email: 'user@example.com',
      name: null,
      role: 'user',
      verified: false,
      created: expect.stringMatching(/Z$/),
      updated: expect.stringMatching(/Z$/),
    },
  });
});

it('logs in, refreshes and tells who is signed in', async () => {
  const login = await server.ask('POST', '/api/v1/auth/login', { ...nobody, body: credentials });
  expect(login.status).toBe(200);
  expect(login.headers.get('cache-control')).toBe('no-store');
  expect(login.headers.get('etag')).toBeNull();
  expect(login.body).toMatchObject({
    access_token: expect.stringMatching(/^eyJ/),
    token_type: 'bearer',
    user: { email: 'user@example.com', role: 'user' },
  });

  const refreshed = await server.ask('POST', '/api/v1/auth/refresh', {
    ...nobody,
    body: { refresh_token: login.body['refresh_token'] },
  });
  expect(refreshed.status).toBe(200);
  expect(refreshed.body['refresh_token']).not.toBe(login.body['refresh_token']);

  const me = await server.ask('GET', '/api/v1/auth/me', {
    key: String(refreshed.body['access_token']),
  });
  expect(me.status).toBe(200);
  expect(me.body).toEqual(login.body['user']);
  expect((await server.ask('GET', '/api/v1/auth/me', nobody)).status).toBe(401);
});

it('resets a forgotten password with the token from the mail', async () => {
  const forgot = await server.ask('POST', '/api/v1/auth/forgot-password', {
    ...nobody,
    body: { email: 'user@example.com' },
  });
  expect(forgot.status).toBe(200);
  const reset = await server.ask('POST', '/api/v1/auth/reset-password', {
    ...nobody,
    body: {
      token: await mailedToken(server.dataDir, 'reset', 'user@example.com'),
      new_password: 'NewSecurePass123',
    },
  });
  expect(reset.status).toBe(200);
  const again = (password: string) =>
    server.ask('POST', '/api/v1/auth/login', { ...nobody, body: { ...credentials, password } });
  expect((await again('SecurePass123')).status).toBe(401);
  const login = await again('NewSecurePass123');
  expect(login.status).toBe(200);
  // The token came by mail, so the address is theirs.
  expect(login.body['user']).toMatchObject({ verified: true });
});

it("lets a user's token create, change and delete a record", async () => {
  const login = await server.ask('POST', '/api/v1/auth/login', {
    ...nobody,
    body: { ...credentials, password: 'NewSecurePass123' },
  });
  const key = String(login.body['access_token']);
  await server.ask('POST', '/api/v1/collections', {
    body: { name: 'products', schema: [{ name: 'title', type: 'text' }] },
  });
  const records = '/api/v1/collections/products/records';
  const made = await server.ask('POST', records, { key, body: { data: { title: 'Mine' } } });
  expect(made.status).toBe(201);
  const path = `${records}/${made.body['id']}`;
  expect((await server.ask('PATCH', path, { key, body: { data: { title: 'x' } } })).status).toBe(
    200,
  );
  expect((await server.ask('GET', records, { key })).body['total']).toBe(1);
  expect((await server.ask('DELETE', path, { key })).status).toBe(204);
});

it('refreshes with the document S0 spells it: POST /api/v1/auth/refresh {refresh_token}', async () => {
  const reply = await server.ask('POST', '/api/v1/auth/refresh', {
    ...nobody,
    body: { refresh_token: 'YOUR_REFRESH_TOKEN' },
  });
  expect([reply.status, reply.body['code']]).toEqual([401, 'UNAUTHORIZED']);
});
