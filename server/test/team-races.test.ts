import { afterAll, beforeAll, expect, it } from 'vitest';
import { auth, password, register, type Tokens } from './accounts.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { mailedToken } from './mail-folder.ts';
import { withinASecond } from './projects.ts';
import { addTo, dataOf, itemsOf, makeTeam, statusesOf } from './teams.ts';

/** Two servers on one database, and many who want the same thing at once. */
let server: TestServer;
let second: TestServer;
let ann: Tokens;
let bob: Tokens;
const project = 'proj_01kaj5cz5rf4q9t2jw2hq5m8e3';
beforeAll(async () => {
  server = await startTestServer();
  // Whichever of them sends a mail, it is found in one place.
  const config = { dataDir: server.dataDir };
  second = await startTestServer({ databaseUrl: server.databaseUrl, config });
  ann = await register(server, 'ann@example.com');
  bob = await register(server, 'bob@example.com');
});
afterAll(async () => {
  await second.close();
  await server.close();
});

const sql = (text: string, values: readonly unknown[]) =>
  server.app.services.database.sql.rows({ text }, values);
const addProject = (id: string, team: string | null, creator: string | null) =>
  sql(
    `insert into projects (id, name, team_id, created_by, created_at, updated_at) values ($1, 'P', $2, $3, now(), now())`,
    [id, team, creator],
  );
const sorted = (statuses: readonly number[]) => statuses.toSorted((a, b) => a - b);

it('tells the other server of roles, removals and permissions within a second', async () => {
  const id = await makeTeam(server, ann.access);
  const team = `/v1/teams/${id}`;
  await addProject(project, id, null);
  const read = () =>
    second.ask('GET', '/api/v1/collections', {
      key: bob.access,
      headers: { 'x-project-id': project },
    });
  const write = () =>
    second.ask('PATCH', '/api/v1/collections/nothing', {
      key: bob.access,
      headers: { 'x-project-id': project },
      body: {},
    });
  const asAnn = (method: string, path: string, body?: object) =>
    server.ask(method, team + path, { key: ann.access, ...(body ? { body } : {}) });
  expect((await read()).status).toBe(404);
  await addTo(server, team, bob.id, 'viewer');
  await withinASecond(200, read);
  expect((await write()).status).toBe(403);
  await asAnn('PUT', `/members/${bob.id}`, { role: 'admin' });
  await withinASecond(404, write);
  const role = dataOf(await asAnn('POST', '/roles', { name: 'R', permissions: ['content:read'] }));
  await asAnn('PUT', `/members/${bob.id}`, { role: 'R' });
  await withinASecond(403, read);
  await asAnn('PUT', `/roles/${role['id']}`, { permissions: ['schema:read'] });
  await withinASecond(200, read);
  await asAnn('DELETE', `/members/${bob.id}`);
  await withinASecond(404, read);
});

it.each(['leave', 'step down'])('keeps one of two owners who %s at once', async (way) => {
  for (let round = 0; round < 5; round += 1) {
    const team = `/v1/teams/${await makeTeam(server, ann.access)}`;
    await addTo(server, team, bob.id, 'owner');
    await withinASecond(200, () => second.ask('GET', team, { key: bob.access }));
    const go = (on: TestServer, { access: key, id }: Tokens) =>
      way === 'leave'
        ? on.ask('DELETE', `${team}/members/${id}`, { key })
        : on.ask('PUT', `${team}/members/${id}`, { key, body: { role: 'viewer' } });
    const replies = await Promise.all([go(server, ann), go(second, bob)]);
    expect(sorted(statusesOf(replies))).toEqual([way === 'leave' ? 204 : 200, 409]);
    const refused = replies.find(({ status }) => status === 409);
    expect(refused?.body['error']?.['details']).toMatchObject([{ code: 'last_owner' }]);
    const roles = itemsOf(await server.ask('GET', `${team}/members`)).map((each) => each['role']);
    expect(roles.filter((role) => role === 'owner')).toHaveLength(1);
  }
});

it('keeps an owner of a project: a direct one, or one of its team', async () => {
  const [alone, shared] = ['proj_01kaj5cz5rf4q9t2jw2hq5m8e4', 'proj_01kaj5cz5rf4q9t2jw2hq5m8e5'];
  await addProject(alone, null, ann.id);
  await addProject(shared, await makeTeam(server, bob.access), ann.id);
  for (const id of [alone, shared]) await addTo(server, `/v1/projects/${id}`, ann.id, 'owner');
  const leave = (id: string) =>
    server.ask('DELETE', `/v1/projects/${id}/members/${ann.id}`, { key: ann.access });
  expect(statusesOf([await leave(alone), await leave(shared)])).toEqual([409, 204]);
  await addTo(server, `/v1/projects/${alone}`, bob.id, 'owner');
  const path = `/v1/projects/${alone}/members`;
  await withinASecond(200, () => second.ask('GET', path, { key: bob.access }));
  const replies = await Promise.all([
    server.ask('DELETE', `${path}/${ann.id}`, { key: ann.access }),
    second.ask('DELETE', `${path}/${bob.id}`, { key: bob.access }),
  ]);
  expect(sorted(statusesOf(replies))).toEqual([204, 409]);
});

it('adds one member once, whoever asks at the same time', async () => {
  const team = `/v1/teams/${await makeTeam(server, ann.access)}`;
  const body = { user_id: bob.id, role: 'viewer' };
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? server : second).ask('POST', `${team}/members`, { key: ann.access, body }),
    ),
  );
  expect(sorted(statusesOf(replies))).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
});

it('lets a token join once, by registering or by accepting', async () => {
  const team = `/v1/teams/${await makeTeam(server, ann.access)}`;
  const email = 'carol@example.com';
  await server.ask('POST', `${team}/members`, { body: { email, role: 'editor' } });
  const token = await mailedToken(server.dataDir, 'invite', email);
  const carol = await register(server, email);
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      (index % 2 ? server : second).ask('POST', '/v1/invitations/accept', {
        key: carol.access,
        body: { token },
      }),
    ),
  );
  expect(sorted(statusesOf(replies))).toEqual([200, ...Array.from({ length: 7 }, () => 422)]);
  const late = await auth(server, 'register', { email, password, invitation_token: token });
  expect(late.status).toBe(422);
});

it('makes one invitation of ten at once', async () => {
  const team = `/v1/teams/${await makeTeam(server)}`;
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? server : second).ask('POST', `${team}/members`, {
        body: { email: 'dora@example.com', role: 'viewer' },
      }),
    ),
  );
  expect(new Set(statusesOf(replies))).toEqual(new Set([201]));
  expect(itemsOf(await server.ask('GET', `${team}/invitations`))).toHaveLength(1);
});

it('gives no role that is deleted at the same moment', async () => {
  const team = `/v1/teams/${await makeTeam(server, ann.access)}`;
  for (let round = 0; round < 5; round += 1) {
    const body = { name: `R${round}`, permissions: [] };
    const role = dataOf(await server.ask('POST', `${team}/roles`, { body }));
    const [added, deleted] = await Promise.all([
      second.ask('POST', `${team}/members`, { body: { user_id: bob.id, role: role['id'] } }),
      server.ask('DELETE', `${team}/roles/${role['id']}`),
    ]);
    expect([
      [201, 409],
      [422, 204],
    ]).toContainEqual([added.status, deleted.status]);
    await server.ask('DELETE', `${team}/members/${bob.id}`);
  }
});
