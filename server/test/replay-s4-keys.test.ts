import { afterAll, beforeAll, expect, it } from 'vitest';
import { password, tokensOf } from './accounts.ts';
import { startTestServer, type TestServer } from './harness.ts';

/**
 * Document S4 (FastCMS, "API Reference"), "API Keys", literally and in its order. Its key expires on
 * 2026-01-01, so the clock stands before that.
 */
let server: TestServer;
let userToken: string;
let keyId: string;
const body = {
  name: 'Production Server',
  scopes: ['read', 'write'],
  expires_at: '2026-01-01T00:00:00',
};

beforeAll(async () => {
  server = await startTestServer({ clock: { now: () => new Date('2025-06-01T12:00:00.000Z') } });
  const user = { email: 'user@example.com', password };
  const registered = await server.ask('POST', '/api/v1/auth/register', { key: null, body: user });
  userToken = tokensOf(registered).access;
});
afterAll(() => server.close());

it('creates: POST /api/v1/api-keys', async () => {
  const reply = await server.ask('POST', '/api/v1/api-keys', { key: userToken, body });
  expect(reply.status).toBe(201);
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect(reply.headers.get('location')).toBe(`/api/v1/api-keys/${reply.body['id']}`);
  expect(reply.body).toEqual({
    id: expect.stringMatching(/^key_/),
    key: expect.stringMatching(/^cms_key_[0-9A-Za-z]{49}$/),
    key_prefix: String(reply.body['key']).slice(0, 13),
    name: 'Production Server',
    project_id: expect.stringMatching(/^proj_/),
    scopes: ['read', 'write'],
    access_level: 'write',
    active: true,
    expires_at: '2026-01-01T00:00:00.000Z',
    revoked_at: null,
    allowed_ips: [],
    limits: {},
    previous_key_expires_at: null,
    last_used_at: null,
    last_used_ip: null,
    account_id: expect.stringMatching(/^user_/),
    created_by: expect.stringMatching(/^user_/),
    created: '2025-06-01T12:00:00.000Z',
    updated: '2025-06-01T12:00:00.000Z',
  });
  keyId = String(reply.body['id']);
  const records = '/api/v1/collections/products/records';
  await server.ask('POST', '/api/v1/collections', {
    body: { name: 'products', schema: [{ name: 'title', type: 'text' }] },
  });
  const key = String(reply.body['key']);
  const made = await server.ask('POST', records, { key, body: { data: { title: 'x' } } });
  expect(made.status).toBe(201);
  const byHeader = { key: null, headers: { 'x-api-key': key } };
  expect((await server.ask('GET', records, byHeader)).status).toBe(200);
});

it('lists: GET /api/v1/api-keys', async () => {
  const reply = await server.ask('GET', '/api/v1/api-keys', { key: userToken });
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({
    items: [{ id: keyId, name: 'Production Server', active: true }],
    total: 1,
    page: 1,
    per_page: 30,
  });
  expect(reply.text).not.toMatch(/"key"|"hash"/);
});

it('revokes: DELETE /api/v1/api-keys/{key_id}', async () => {
  const path = `/api/v1/api-keys/${keyId}`;
  expect((await server.ask('DELETE', path, { key: userToken })).status).toBe(204);
  const listed = await server.ask('GET', '/api/v1/api-keys', { key: userToken });
  expect(listed.body['items']).toMatchObject([{ id: keyId, active: false }]);
});

it('refuses a time that is past', async () => {
  const today = await startTestServer();
  const reply = await today.ask('POST', '/api/v1/api-keys', { body });
  expect([reply.status, reply.body['error']?.['details']]).toEqual([
    422,
    [{ field: 'expires_at', message: expect.any(String), code: 'past' }],
  ]);
  await today.close();
});
