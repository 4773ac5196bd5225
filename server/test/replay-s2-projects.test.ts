import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** Document S2 (projects, deployments and teams), its projects, literally and in its order. */
let server: TestServer;
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const projects = '/v1/projects';

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('creates a project: POST /projects', async () => {
  const reply = await server.ask('POST', projects, {
    body: {
      name: 'My New Project',
      description: 'A new project',
      template: 'blank',
      visibility: 'private',
    },
  });
  expect(reply.status).toBe(201);
  expect(Object.keys(reply.body)).toEqual(['data']);
  expect(reply.body['data']).toMatchObject({
    id: expect.stringMatching(/^proj_/),
    name: 'My New Project',
    description: 'A new project',
    status: 'active',
    created_at: moment,
    updated_at: moment,
    deployments: { total: 0, latest: null },
  });
  // As the document shows it: a project without a team has none to show.
  expect(reply.body['data']).not.toHaveProperty('team');
  expect(reply.headers.get('location')).toBe(`${projects}/${reply.body['data']?.['id']}`);
});

it('lists them: GET /projects?page=1&limit=10&status=active', async () => {
  const { sql } = server.app.services.database;
  await sql.rows(
    {
      text: `insert into teams (id, name, created_at, updated_at) values ('team_01kaj5cz5rf4q9t2jw2hq5m8e3', 'My Team', now(), now())`,
    },
    [],
  );
  await server.ask('POST', projects, {
    body: {
      name: 'My Website',
      description: 'Personal portfolio website',
      template: 'blank',
      visibility: 'private',
      team_id: 'team_01kaj5cz5rf4q9t2jw2hq5m8e3',
    },
  });
  const reply = await server.ask('GET', `${projects}?page=1&limit=10&status=active`);
  expect(reply.status).toBe(200);
  expect(Object.keys(reply.body)).toEqual(['data', 'pagination']);
  expect(reply.body['data']?.[0]).toMatchObject({
    id: expect.stringMatching(/^proj_/),
    name: 'My Website',
    description: 'Personal portfolio website',
    status: 'active',
    created_at: moment,
    updated_at: moment,
    team: { id: 'team_01kaj5cz5rf4q9t2jw2hq5m8e3', name: 'My Team' },
    deployments: { total: 0, latest: null },
  });
  expect(reply.body['pagination']).toEqual({ page: 1, limit: 10, total: 3, pages: 1 });
  const byTeam = await server.ask('GET', `${projects}?team=team_01kaj5cz5rf4q9t2jw2hq5m8e3`);
  expect(byTeam.body['pagination']).toEqual({ page: 1, limit: 20, total: 1, pages: 1 });
});

it('gets, updates and deletes one: /projects/{id}, under both prefixes', async () => {
  const made = await server.ask('POST', '/api/v1/projects', { body: { name: 'My Project' } });
  const path = `${projects}/${made.body['data']?.['id']}`;
  const got = await server.ask('GET', `/api${path}`);
  expect([got.status, got.body]).toEqual([200, made.body]);
  const put = await server.ask('PUT', path, { body: { status: 'archived' } });
  expect(put.status).toBe(200);
  expect(put.body['data']).toMatchObject({ name: 'My Project', status: 'archived' });
  const archived = await server.ask('GET', `${projects}?status=archived`);
  expect(archived.body['pagination']?.['total']).toBe(1);
  expect((await server.ask('DELETE', path)).status).toBe(204);
  expect((await server.ask('GET', path)).status).toBe(404);
});

it('refuses as the document shows: a lower-case code, details by field', async () => {
  const reply = await server.ask('POST', projects, { body: { description: 'without a name' } });
  expect(reply.status).toBe(422);
  expect(reply.body['error']).toEqual({
    code: 'validation_error',
    message: expect.any(String),
    details: [{ field: 'name', message: 'Name is required.', code: expect.any(String) }],
    request_id: expect.any(String),
  });
});

it('answers the status codes of its table', async () => {
  const status = async (path: string, key?: string | null) =>
    (await server.ask('GET', path, key === undefined ? {} : { key })).status;
  expect(await status(projects)).toBe(200);
  expect(await status(`${projects}?page=0`)).toBe(400);
  expect(await status(projects, 'YOUR_API_KEY')).toBe(401);
  expect(await status(projects, null)).toBe(401);
  expect(await status(`${projects}/proj_123`)).toBe(404);
});
