import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** Document S1 (SveltyCMS, "API Integration Guide"), "Users": its five endpoints and formats, literally. */
let server: TestServer;
let id: string;
const users = '/api/v1/users';
const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
const attributes = (more: object) => ({
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  role: 'user',
  verified: false,
  active: true,
  created_at: timestamp,
  updated_at: timestamp,
  ...more,
});

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('POST /api/v1/users: data and meta in, data with id, type and attributes out', async () => {
  const reply = await server.ask('POST', users, {
    body: {
      data: { email: 'ada@example.com', name: 'Ada Lovelace' },
      meta: { locale: 'en', version: '1.0' },
    },
  });
  expect(reply.status, reply.text).toBe(201);
  id = String(reply.body['data']?.['id']);
  expect(reply.body).toEqual({
    data: { id, type: 'user', attributes: attributes({}) },
    meta: { timestamp },
  });
  expect(reply.headers.get('location')).toBe(`${users}/${id}`);
});

it('GET /api/v1/users: a list of the same', async () => {
  const reply = await server.ask('GET', users);
  expect(reply.status).toBe(200);
  expect(reply.body).toEqual({
    data: [{ id, type: 'user', attributes: attributes({}) }],
    meta: { timestamp, total: 1, page: 1, per_page: 30, total_pages: 1 },
  });
});

it('GET /api/v1/users/:id', async () => {
  const reply = await server.ask('GET', `${users}/${id}`);
  expect(reply.status).toBe(200);
  expect(reply.body).toEqual({
    data: { id, type: 'user', attributes: attributes({}) },
    meta: { timestamp },
  });
});

it('PUT /api/v1/users/:id changes what is given', async () => {
  const reply = await server.ask('PUT', `${users}/${id}`, { body: { data: { name: 'Ada King' } } });
  expect(reply.status, reply.text).toBe(200);
  expect(reply.body['data']).toEqual({
    id,
    type: 'user',
    attributes: attributes({ name: 'Ada King' }),
  });
});

it('answers with the statuses of its table, and its error format', async () => {
  const bad = await server.ask('POST', users, { body: { data: { email: 'no address' } } });
  expect(bad.status).toBe(400);
  expect(bad.body['error']).toMatchObject({
    code: 'VALIDATION_ERROR',
    details: [{ field: 'email', message: 'Use an address such as ada@example.com.' }],
  });
  const headers = { accept: 'application/problem+json' };
  const problem = await server.ask('POST', users, { headers, body: { data: {} } });
  expect([problem.status, problem.body]).toMatchObject([
    400,
    { status: 400, code: 'VALIDATION_ERROR', errors: [{ field: 'email' }] },
  ]);
  const procedure = await server.ask('POST', '/trpc/users.create', { body: { data: {} } });
  expect(procedure.status).toBe(422);
  expect((await server.ask('GET', users, { key: null })).status).toBe(401);
  expect((await server.ask('GET', `${users}/unknown`)).status).toBe(404);
});

it('DELETE /api/v1/users/:id', async () => {
  expect((await server.ask('DELETE', `${users}/${id}`)).status).toBe(204);
  expect((await server.ask('GET', `${users}/${id}`)).status).toBe(404);
});
