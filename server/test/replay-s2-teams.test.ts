import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { registerVerified } from './teams.ts';

/** Document S2 ("API Overview"), "Teams": every row of its table, with a key and with a token. */
let server: TestServer;
let owner: string;
let colleague: string;
beforeAll(async () => {
  server = await startTestServer();
  owner = (await registerVerified(server, 'owner@example.com')).access;
  colleague = (await registerVerified(server, 'colleague@example.com')).id;
});
afterAll(() => server.close());

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const teamOf = (role: string | null, members: number) => ({
  id: expect.stringMatching(/^team_[0-9a-hjkmnp-tv-z]{26}$/),
  name: 'My Team',
  description: null,
  members: { total: members },
  projects: { total: 0 },
  role,
  created_at: time,
  updated_at: time,
});

describe.each([
  ['an API key under /v1', '/v1', null],
  ['an access token under /v1', '/v1', 'owner'],
  ['an API key under /api/v1', '/api/v1', null],
  ['an access token under /api/v1', '/api/v1', 'owner'],
] as const)('%s', (_name, root, role) => {
  const ask: TestServer['ask'] = (method, path, more) =>
    server.ask(method, root + path, { ...(role === null ? {} : { key: owner }), ...more });
  const founders = role === null ? 0 : 1;
  let id: string;

  it('creates a team: POST /teams', async () => {
    const reply = await ask('POST', '/teams', { body: { name: 'My Team' } });
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({ data: teamOf(role, founders) });
    id = String(reply.body['data']?.['id']);
    expect(reply.headers.get('location')).toBe(`/v1/teams/${id}`);
  });

  it('lists teams: GET /teams', async () => {
    const reply = await ask('GET', '/teams');
    expect(reply.status).toBe(200);
    expect(reply.body['data']).toContainEqual({ ...teamOf(role, founders), id });
    const { length } = reply.body['data'] as unknown as unknown[];
    expect(reply.body['pagination']).toEqual({ page: 1, limit: 20, total: length, pages: 1 });
    const second = await ask('GET', '/teams?page=2&limit=1');
    expect(second.body['pagination']).toMatchObject({ page: 2, limit: 1, pages: length });
    expect(second.headers.get('link')).toContain('rel="first"');
    expect((await ask('GET', '/teams?limit=101')).status).toBe(400);
  });

  it('adds a team member: POST /teams/{id}/members', async () => {
    const path = `/teams/${id}/members`;
    const invited = await ask('POST', path, {
      body: { email: `new${Date.now()}@example.com`, role: 'editor' },
    });
    expect(invited.status).toBe(201);
    expect(invited.body['data']).toMatchObject({ status: 'invited', role: 'editor' });
    const added = await ask('POST', path, { body: { user_id: colleague, role: 'editor' } });
    expect(added.status).toBe(201);
    expect(added.headers.get('location')).toBe(`/v1/teams/${id}/members/${colleague}`);
    expect(added.body).toEqual({
      data: {
        id: colleague,
        user_id: colleague,
        email: 'colleague@example.com',
        name: null,
        role: 'editor',
        role_id: null,
        status: 'active',
        joined_at: time,
        invited_at: null,
        expires_at: null,
      },
    });
  });

  it('lists team members: GET /teams/{id}/members', async () => {
    const reply = await ask('GET', `/teams/${id}/members`);
    expect(reply.status).toBe(200);
    expect(reply.body['pagination']).toEqual({
      page: 1,
      limit: 20,
      total: founders + 1,
      pages: 1,
    });
    const items = reply.body['data'] as unknown as { email: string; role: string }[];
    expect(items.map((each) => [each.email, each.role])).toEqual([
      ...(role === null ? [] : [['owner@example.com', 'owner']]),
      ['colleague@example.com', 'editor'],
    ]);
  });

  it('removes a team member: DELETE /teams/{id}/members/{userId}', async () => {
    const path = `/teams/${id}/members/${colleague}`;
    const reply = await ask('DELETE', path);
    expect([reply.status, reply.text]).toEqual([204, '']);
    const again = await ask('DELETE', path);
    expect([again.status, again.body['error']?.['code']]).toEqual([404, 'not_found']);
  });

  it('refuses as the document does: lower-case codes, details by field', async () => {
    const reply = await ask('POST', '/teams', { body: {} });
    expect([reply.status, reply.body['error']?.['code']]).toEqual([422, 'validation_error']);
    expect(reply.body['error']?.['details']).toMatchObject([{ field: 'name' }]);
    const nobody = await ask('GET', '/teams', { key: null });
    expect([nobody.status, nobody.body['error']?.['code']]).toEqual([401, 'unauthorized']);
  });
});
