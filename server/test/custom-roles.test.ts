import { afterAll, beforeAll, expect, it } from 'vitest';
import { register, type Tokens } from './accounts.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { addTo, dataOf, itemsOf, makeTeam, statusesOf } from './teams.ts';

/** Roles that people define: lists of permissions, for a team and so for its projects. */
let server: TestServer;
let owner: Tokens;
let reviewer: Tokens;
let team: string;
const project = 'proj_01kaj5cz5rf4q9t2jw2hq5m8e3';
beforeAll(async () => {
  server = await startTestServer();
  owner = await register(server, 'owner@example.com');
  reviewer = await register(server, 'reviewer@example.com');
  const id = await makeTeam(server, owner.access);
  team = `/v1/teams/${id}`;
  const text = `insert into projects (id, name, team_id, created_at, updated_at) values ($1, 'P', $2, now(), now())`;
  await server.app.services.database.sql.rows({ text }, [project, id]);
});
afterAll(() => server.close());

const owned = (method: string, path: string, body?: object) =>
  server.ask(method, team + path, { key: owner.access, ...(body ? { body } : {}) });
const makeRole = (name: string, permissions: readonly string[]) =>
  owned('POST', '/roles', { name, permissions });
/** What the reviewer is answered in the team's project. */
const inProject = async (method: string, path: string, body?: object): Promise<number> => {
  const headers = { 'x-project-id': project };
  return (await server.ask(method, `/api/v1${path}`, { key: reviewer.access, headers, body }))
    .status;
};

it('makes a role, gives it by name or id, and it is what it allows in the projects', async () => {
  const made = await makeRole('Reviewer', ['content:read', 'schema:read']);
  expect(made.status).toBe(201);
  expect(made.headers.get('location')).toBe(`${team}/roles/${dataOf(made)['id']}`);
  expect(dataOf(made)).toMatchObject({
    id: expect.stringMatching(/^role_/),
    name: 'Reviewer',
    description: null,
    // Where somebody has a role they know of the place, and can leave it.
    permissions: ['content:read', 'schema:read', 'project:read'],
    members: { total: 0 },
  });
  await addTo(server, team, reviewer.id, 'reviewer');
  const put = await owned('PUT', `/members/${reviewer.id}`, { role: dataOf(made)['id'] });
  expect(dataOf(put)).toMatchObject({ role: 'Reviewer', role_id: dataOf(made)['id'] });
  expect(await inProject('GET', '/collections')).toBe(200);
  expect(await inProject('POST', '/collections', { name: 'x' })).toBe(403);
  const own = await server.ask('GET', team, { key: reviewer.access });
  expect(dataOf(own)['role']).toBe('Reviewer');
  expect((await server.ask('GET', `${team}/members`, { key: reviewer.access })).status).toBe(403);
});

it('changes what everybody who has it may do', async () => {
  const [role] = itemsOf(await owned('GET', '/roles'));
  expect(role).toMatchObject({ name: 'Reviewer', members: { total: 1 } });
  const path = `/roles/${role?.['id']}`;
  const wider = ['content:read', 'schema:read', 'schema:manage'];
  expect((await owned('PUT', path, { permissions: wider })).status).toBe(200);
  expect(await inProject('POST', '/collections', { name: 'x' })).toBe(201);
  expect((await owned('PATCH', path, { permissions: [], name: 'Guest' })).status).toBe(200);
  expect(await inProject('GET', '/collections')).toBe(403);
  expect(dataOf(await owned('GET', path))).toMatchObject({
    name: 'Guest',
    permissions: ['project:read'],
  });
});

it('cannot be deleted while somebody has it', async () => {
  const [role] = itemsOf(await owned('GET', '/roles'));
  const path = `/roles/${role?.['id']}`;
  const refused = await owned('DELETE', path);
  expect([refused.status, refused.body['error']?.['code']]).toEqual([409, 'conflict']);
  // Whoever has a role, however little it allows, may leave.
  const leave = { key: reviewer.access };
  expect((await server.ask('DELETE', `${team}/members/${reviewer.id}`, leave)).status).toBe(204);
  expect(statusesOf([await owned('DELETE', path), await owned('DELETE', path)])).toEqual([
    204, 404,
  ]);
});

it('has a name of its own, whatever its case, and permissions that there are', async () => {
  expect((await makeRole('Translator', ['content:read'])).status).toBe(201);
  const same = await makeRole('TRANSLATOR', ['content:read']);
  expect([same.status, same.body['error']?.['details']]).toMatchObject([
    409,
    [{ field: 'name', code: 'unique' }],
  ]);
  const names = ['Owner', 'custom', ' ', 'two\nlines'];
  for (const name of names) expect((await makeRole(name, [])).status).toBe(422);
  // Of the instance's permissions no role has any.
  for (const permission of ['users:manage', 'everything', ''])
    expect((await makeRole('Sly', [permission])).status).toBe(422);
  for (const more of [{ scope_id: project }, { members: { total: 9 } }, { built_in: true }])
    expect((await owned('POST', '/roles', { name: 'Sly', permissions: [], ...more })).status).toBe(
      422,
    );
});

it('belongs to its team or project alone', async () => {
  const other = `/v1/teams/${await makeTeam(server, owner.access)}`;
  const [role] = itemsOf(await owned('GET', '/roles'));
  const { access: key } = owner;
  const elsewhere = [
    await server.ask('GET', `${other}/roles/${role?.['id']}`, { key }),
    await server.ask('PUT', `${other}/roles/${role?.['id']}`, { key, body: { name: 'Mine' } }),
    await server.ask('DELETE', `${other}/roles/${role?.['id']}`, { key }),
    await server.ask('POST', `${other}/members`, {
      key,
      body: { user_id: reviewer.id, role: role?.['id'] },
    }),
  ];
  expect(statusesOf(elsewhere)).toEqual([404, 404, 404, 422]);
});

it('goes with its team', async () => {
  const id = await makeTeam(server, owner.access);
  const path = `/v1/teams/${id}`;
  const { access: key } = owner;
  const role = { key, body: { name: 'Temp', permissions: [] } };
  await server.ask('POST', `${path}/roles`, role);
  await addTo(server, path, reviewer.id, 'Temp');
  await server.ask('POST', `${path}/members`, {
    key,
    body: { email: 'someone@example.com', role: 'Temp' },
  });
  expect((await server.ask('DELETE', path, { key })).status).toBe(204);
  const left = await server.app.services.database.sql.rows(
    {
      text: 'select id from roles where scope_id = $1 union select id from invitations where scope_id = $1',
    },
    [id],
  );
  expect(left).toEqual([]);
  expect((await server.ask('GET', path, { key: reviewer.access })).status).toBe(404);
});
