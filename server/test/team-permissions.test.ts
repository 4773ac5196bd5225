import { projectRoles } from '@cms/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register, type Tokens } from './accounts.ts';
import { type Reply, startTestServer, type TestServer } from './harness.ts';
import { addTo, dataOf, itemsOf, makeTeam, statusesOf, wordsOf } from './teams.ts';

/** Who may do what in a team and in a project, and that nobody gives more than they have. */
let server: TestServer;
let stranger: Tokens;
let candidate: Tokens;
const people = new Map<string, Tokens>();
const homes = new Map<string, string>();

beforeAll(async () => {
  server = await startTestServer();
  stranger = await register(server, 'stranger@example.com');
  candidate = await register(server, 'candidate@example.com');
  homes.set('team', `/v1/teams/${await makeTeam(server)}`);
  homes.set('project', `/v1/projects/${await makeProject('proj_01kaj5cz5rf4q9t2jw2hq5m8e3')}`);
  for (const role of projectRoles) {
    const person = await register(server, `${role}@example.com`);
    people.set(role, person);
    for (const path of homes.values()) await addTo(server, path, person.id, role);
  }
});
afterAll(() => server.close());

/** A project, as its feature makes one: private. */
async function makeProject(id: string, more: { team?: string } = {}): Promise<string> {
  const text = `insert into projects (id, name, team_id, created_at, updated_at) values ($1, 'P', $2, now(), now())`;
  await server.app.services.database.sql.rows({ text }, [id, more.team ?? null]);
  return id;
}

const keyOf = (role: string): string => (people.get(role) as Tokens).access;
const missing = (kind: string): string =>
  kind === 'team'
    ? '/v1/teams/team_01kaj5cz5rf4q9t2jw2hq5m8e9'
    : '/v1/projects/proj_01kaj5cz5rf4q9t2jw2hq5m8e9';

describe.each(['team', 'project'])('in a %s', (kind) => {
  const at = (more = '') => `${homes.get(kind)}${more}`;
  const ask = (role: string, method: string, path: string, body?: object): Promise<Reply> =>
    server.ask(method, at(path), { key: keyOf(role), ...(body ? { body } : {}) });

  it.each([
    ['owner', [200, 200, 201, 200, 204, 201]],
    ['admin', [200, 200, 201, 200, 204, 201]],
    ['editor', [200, 403, 403, 403, 403, 403]],
    ['author', [200, 403, 403, 403, 403, 403]],
    ['viewer', [200, 403, 403, 403, 403, 403]],
  ])(
    '%s: reads members and invitations, adds, changes, removes, makes roles',
    async (role, wanted) => {
      const member = `/members/${candidate.id}`;
      const body = { user_id: candidate.id, role: 'viewer' };
      if (wanted[2] === 403) await addTo(server, at(), candidate.id, 'viewer');
      const replies = [
        await ask(role, 'GET', '/members'),
        await ask(role, 'GET', '/invitations'),
        await ask(role, 'POST', '/members', body),
        await ask(role, 'PUT', member, { role: 'author' }),
        await ask(role, 'DELETE', member),
        await ask(role, 'POST', '/roles', { name: `by ${role}`, permissions: ['content:read'] }),
      ];
      expect(statusesOf(replies)).toEqual(wanted);
      await server.ask('DELETE', at(member));
    },
  );

  it('is for strangers as if there were none', async () => {
    const { access: key, id } = stranger;
    for (const [method, path, body] of [
      ['GET', '/members'],
      ['GET', `/members/${id}`],
      ['POST', '/members', { user_id: id, role: 'owner' }],
      ['PUT', `/members/${id}`, { role: 'owner' }],
      ['DELETE', `/members/${id}`],
      ['GET', '/invitations'],
      ['GET', '/roles'],
      ['POST', '/roles', { name: 'x', permissions: [] }],
    ] as const) {
      const theirs = await server.ask(method, at(path), { key, body });
      const nobodys = await server.ask(method, missing(kind) + path, { key, body });
      expect(wordsOf(theirs)).toEqual(wordsOf(nobodys));
      expect([method, path, theirs.status]).toEqual([method, path, 404]);
    }
  });

  it('lets nobody give or take a role that is more than their own', async () => {
    const owner = people.get('owner') as Tokens;
    const admin = people.get('admin') as Tokens;
    const replies = [
      await ask('admin', 'POST', '/members', { user_id: candidate.id, role: 'owner' }),
      await ask('admin', 'PUT', `/members/${admin.id}`, { role: 'owner' }),
      await ask('admin', 'PUT', `/members/${owner.id}`, { role: 'viewer' }),
      await ask('admin', 'DELETE', `/members/${owner.id}`),
      await ask('admin', 'POST', '/members', { email: 'sly@example.com', role: 'owner' }),
      await ask('admin', 'POST', '/roles', { name: 'Sly', permissions: ['project:delete'] }),
    ];
    expect(statusesOf(replies)).toEqual([403, 403, 403, 403, 403, 403]);
    const role = (
      await ask('owner', 'POST', '/roles', {
        name: 'Destroyer',
        permissions: ['project:delete', 'members:manage'],
      })
    ).body['data']?.['id'];
    const body = { user_id: candidate.id, role };
    const uses = [
      await ask('admin', 'POST', '/members', body),
      await ask('admin', 'PUT', `/roles/${role}`, { permissions: [] }),
      await ask('admin', 'DELETE', `/roles/${role}`),
      await ask('owner', 'POST', '/members', body),
      await ask('admin', 'DELETE', `/members/${candidate.id}`),
    ];
    expect(statusesOf(uses)).toEqual([403, 403, 403, 201, 403]);
    // With a custom role, too: neither owners nor what the role itself has not.
    const sly = (method: string, path: string, sent: object) =>
      server.ask(method, at(path), { key: candidate.access, body: sent });
    const tries = [
      await sly('PUT', `/members/${candidate.id}`, { role: 'owner' }),
      await sly('PUT', `/members/${candidate.id}`, { role: 'editor' }),
      await sly('PUT', `/roles/${role}`, { permissions: ['content:write'] }),
      await sly('PUT', `/members/${owner.id}`, { role: 'viewer' }),
    ];
    expect(statusesOf(tries)).toEqual([403, 403, 403, 403]);
    expect((await server.ask('DELETE', at(`/members/${candidate.id}`))).status).toBe(204);
  });

  it('takes nothing in a body that is not asked for', async () => {
    const { id } = candidate;
    for (const more of [
      { id: stranger.id },
      { status: 'active' },
      { permissions: ['project:delete'] },
      { custom_role_id: 'role_01kaj5cz5rf4q9t2jw2hq5m8e3' },
      { team_id: 'team_01kaj5cz5rf4q9t2jw2hq5m8e3' },
      { account_id: stranger.id },
    ]) {
      const body = { user_id: id, role: 'viewer', ...more };
      const added = await ask('admin', 'POST', '/members', body);
      const changed = await ask('admin', 'PUT', `/members/${people.get('viewer')?.id}`, {
        role: 'viewer',
        ...more,
      });
      expect(statusesOf([added, changed])).toEqual([422, 422]);
    }
    for (const role of [
      'custom',
      'OWNER',
      'root',
      '',
      '__proto__',
      'role_01kaj5cz5rf4q9t2jw2hq5m8e3',
    ]) {
      const reply = await ask('owner', 'POST', '/members', { user_id: id, role });
      expect([role, reply.status]).toEqual([role, 422]);
      expect(reply.body['error']?.['details']).toMatchObject([{ field: 'role' }]);
    }
    const both = { user_id: id, email: 'x@example.com', role: 'viewer' };
    expect((await ask('owner', 'POST', '/members', both)).status).toBe(422);
    expect((await ask('owner', 'POST', '/members', { role: 'viewer' })).status).toBe(422);
  });

  it('lets everybody leave', async () => {
    const viewer = people.get('viewer') as Tokens;
    expect((await ask('viewer', 'DELETE', `/members/${viewer.id}`)).status).toBe(204);
    expect((await ask('viewer', 'GET', '/members')).status).toBe(404);
    await addTo(server, at(), viewer.id, 'viewer');
    const twice = { user_id: viewer.id, role: 'editor' };
    const again = await ask('owner', 'POST', '/members', twice);
    expect([again.status, again.body['error']?.['details']]).toMatchObject([
      409,
      [{ field: 'user_id', code: 'unique' }],
    ]);
  });
});

it('lets admins change a team, owners delete it, once it has no projects', async () => {
  const id = await makeTeam(server, keyOf('author'));
  const path = `/v1/teams/${id}`;
  await addTo(server, path, (people.get('admin') as Tokens).id, 'admin');
  await addTo(server, path, (people.get('viewer') as Tokens).id, 'viewer');
  const put = (role: string) =>
    server.ask('PUT', path, { key: keyOf(role), body: { description: 'd' } });
  expect(statusesOf([await put('viewer'), await put('admin'), await put('owner')])).toEqual([
    403, 200, 404,
  ]);
  expect(dataOf(await server.ask('GET', path, { key: keyOf('viewer') }))).toMatchObject({
    name: 'My Team',
    description: 'd',
    role: 'viewer',
    members: { total: 3 },
  });
  const list = await server.ask('GET', '/v1/teams', { key: keyOf('viewer') });
  expect(itemsOf(list).map((each) => each['role'])).toEqual(['viewer', 'viewer']);
  const remove = (role: string) => server.ask('DELETE', path, { key: keyOf(role) });
  expect(statusesOf([await remove('viewer'), await remove('admin')])).toEqual([403, 403]);
  const project = await makeProject('proj_01kaj5cz5rf4q9t2jw2hq5m8e4', { team: id });
  expect((await remove('author')).status).toBe(409);
  const text = 'delete from projects where id = $1';
  await server.app.services.database.sql.rows({ text }, [project]);
  expect(statusesOf([await remove('author'), await remove('author')])).toEqual([204, 404]);
});

it('lets accounts make teams only where anybody may register', async () => {
  const { databaseUrl } = server;
  const shut = await startTestServer({ config: { registration: 'invite' }, databaseUrl });
  const make = (key?: string) =>
    shut.ask('POST', '/v1/teams', { body: { name: 'T' }, ...(key ? { key } : {}) });
  expect(statusesOf([await make(), await make(keyOf('owner'))])).toEqual([201, 403]);
  await shut.close();
});

it('tells nobody whose an id is whom they do not know', async () => {
  const loner = await register(server, 'loner@example.com');
  const text = 'delete from project_members where account_id = $1';
  await server.app.services.database.sql.rows({ text }, [loner.id]);
  const path = `/v1/teams/${await makeTeam(server, keyOf('owner'))}/members`;
  const add = (user_id: string) =>
    server.ask('POST', path, { key: keyOf('owner'), body: { user_id, role: 'viewer' } });
  const [theirs, nobodys] = [await add(loner.id), await add('user_01kaj5cz5rf4q9t2jw2hq5m8e3')];
  expect(theirs.status).toBe(422);
  expect(wordsOf(theirs)).toEqual(wordsOf(nobodys));
});
