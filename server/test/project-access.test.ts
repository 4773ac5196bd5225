import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register, type Tokens, tokensOf } from './accounts.ts';
import { type Reply, startTestServer, type TestServer } from './harness.ts';
import { idsOf, makeKeyOf, makeProject, makeTeam, picking, projects } from './projects.ts';

/** Who sees, creates and changes which projects. */
let server: TestServer;
let ann: Tokens;
let bob: Tokens;
let admin: Tokens;
const at = (id: string) => `${projects}/${id}`;

beforeAll(async () => {
  server = await startTestServer();
  ann = await register(server, 'ann@example.com');
  bob = await register(server, 'bob@example.com');
  const body = { email: 'admin@example.com', password: 'SecurePass123' };
  admin = tokensOf(await server.ask('POST', '/api/v1/auth/register', { body }));
});
afterAll(() => server.close());

const withoutRequestId = ({ status, body }: Reply) =>
  JSON.stringify([status, body]).replaceAll(/"request_id":"[^"]*"/g, '');

describe('an account', () => {
  it('owns the project that it creates, at once', async () => {
    const key = ann.access;
    const id = await makeProject(server, { name: "Ann's" }, { key });
    expect(idsOf(await server.ask('GET', projects, { key }))).toContain(id);
    const renamed = await server.ask('PUT', at(id), { key, body: { name: 'Other' } });
    expect(renamed.body['data']).toMatchObject({ name: 'Other', visibility: 'private' });
    const model = { name: 'notes', fields: [{ name: 'title', type: 'text' }] };
    const ask = { key, ...picking(id) };
    expect((await server.ask('POST', '/api/v1/collections', { ...ask, body: model })).status).toBe(
      201,
    );
    expect((await server.ask('DELETE', at(id), { key })).status).toBe(204);
  });

  it("learns nothing of another's private project: it is as good as missing", async () => {
    const id = await makeProject(server, {}, { key: ann.access });
    const key = bob.access;
    expect(idsOf(await server.ask('GET', projects, { key }))).not.toContain(id);
    const missing = at('proj_01kaj5cz5rf4q9t2jw2hq5m8e3');
    for (const [method, body] of [['GET'], ['PUT', { name: 'x' }], ['DELETE']] as const) {
      const theirs = await server.ask(method, at(id), { key, body });
      const none = await server.ask(method, missing, { key, body });
      expect(theirs.status).toBe(404);
      expect(withoutRequestId(theirs)).toBe(withoutRequestId(none));
    }
    const restored = await server.ask('POST', `${at(id)}/restore`, { key, body: {} });
    expect(restored.status).toBe(404);
    expect((await server.ask('GET', '/api/v1/collections', { key, ...picking(id) })).status).toBe(
      404,
    );
  });

  it('that is no owner neither changes nor deletes the project it works in', async () => {
    const [id = ''] = idsOf(await server.ask('GET', projects, { key: bob.access }));
    const change = { key: bob.access, body: { name: 'Mine' } };
    expect((await server.ask('PUT', at(id), change)).status).toBe(403);
    expect((await server.ask('DELETE', at(id), { key: bob.access })).status).toBe(403);
  });

  it('goes to the default project without a header, or to its first one', async () => {
    const key = ann.access;
    const first = await makeProject(server, { name: 'first' }, { key });
    const other = await makeProject(server, { name: 'other' }, { key });
    for (const [name, id] of [
      ['one', first],
      ['two', other],
    ] as const)
      await server.ask('POST', '/api/v1/collections', { key, ...picking(id), body: { name } });
    const names = async (ask: object): Promise<string[]> => {
      const { body } = await server.ask('GET', '/api/v1/collections', { key, ...ask });
      return (body['items'] as unknown as { name: string }[]).map(({ name }) => name);
    };
    expect(await names({})).toEqual([]);
    expect(await names(picking(other))).toEqual(['two']);
    const { sql } = server.app.services.database;
    const leave = `delete from project_members where account_id = $1 and project_id <> all($2)`;
    await sql.rows({ text: leave }, [ann.id, [first, other]]);
    await sql.rows({ text: `select pg_notify('cms_accounts', $1)` }, [ann.id]);
    await expect.poll(() => names({})).toEqual(['one']);
    // Not a deleted one.
    await server.ask('DELETE', at(first), { key });
    expect(await names({})).toEqual(['two']);
  });

  it('creates none where registration is not open; administrators do', async () => {
    const closed = await startTestServer({
      databaseUrl: server.databaseUrl,
      config: { registration: 'invite' },
    });
    const make = (key: string) => closed.ask('POST', projects, { key, body: { name: 'x' } });
    expect((await make(bob.access)).status).toBe(403);
    expect((await make(admin.access)).status).toBe(201);
    await closed.close();
  });
});

it('takes what is no id for what is missing', async () => {
  for (const path of ['%00', 'PROJ_1', `proj_${'z'.repeat(26)}`]) {
    expect((await server.ask('GET', at(path))).status).toBe(404);
    expect((await server.ask('PUT', at(path), { body: { name: 'x' } })).status).toBe(404);
    expect((await server.ask('POST', `${at(path)}/restore`)).status).toBe(404);
  }
  expect((await server.ask('GET', `${projects}?team=%00`)).status).toBe(400);
  for (const body of [
    { name: 'x', team_id: 'a\u0000b' },
    { name: 'x', description: 'a\u0000b' },
    { name: '   ' },
  ])
    expect((await server.ask('POST', projects, { body })).status).toBe(422);
});

describe('administrators and keys', () => {
  it('an administrator of the instance reads and deletes every project', async () => {
    const id = await makeProject(server, {}, { key: bob.access });
    const key = admin.access;
    expect(idsOf(await server.ask('GET', `${projects}?limit=100`, { key }))).toContain(id);
    expect((await server.ask('GET', at(id), { key })).status).toBe(200);
    expect((await server.ask('DELETE', at(id), { key })).status).toBe(204);
  });

  it("a project's key sees its own project and creates no other", async () => {
    const [own, other] = [await makeProject(server), await makeProject(server)];
    const key = await makeKeyOf(server, own);
    expect(idsOf(await server.ask('GET', projects, { key }))).toEqual([own]);
    expect((await server.ask('GET', at(own), { key })).status).toBe(200);
    expect((await server.ask('GET', at(other), { key })).status).toBe(404);
    const picked = await server.ask('GET', '/api/v1/collections', { key, ...picking(other) });
    expect(picked.status).toBe(404);
    const made = await server.ask('POST', projects, { key, body: { name: 'x' } });
    expect([made.status, made.body['error']?.['code']]).toEqual([403, 'forbidden']);
  });
});

describe('teams', () => {
  it('own the projects that their owners and administrators give them', async () => {
    const team = await makeTeam(server, { [ann.id]: 'owner', [bob.id]: 'viewer' });
    const id = await makeProject(server, { team_id: team }, { key: ann.access });
    const shown = await server.ask('GET', at(id), { key: bob.access });
    expect(shown.body['data']).toMatchObject({ id, team: { id: team, name: 'T' } });
    expect((await server.ask('PUT', at(id), { key: bob.access, body: {} })).status).toBe(403);
    expect((await server.ask('PUT', at(id), { key: ann.access, body: {} })).status).toBe(200);
    const listed = await server.ask('GET', `${projects}?team=${team}`, { key: bob.access });
    expect(idsOf(listed)).toEqual([id]);
    const refused = { key: bob.access, body: { name: 'x', team_id: team } };
    expect((await server.ask('POST', projects, refused)).status).toBe(403);
  });

  it('that are foreign are as good as missing', async () => {
    const team = await makeTeam(server, { [ann.id]: 'owner' });
    const bodies = new Set<string>();
    for (const team_id of [team, 'team_01kaj5cz5rf4q9t2jw2hq5m8e3', 'nonsense']) {
      const reply = await server.ask('POST', projects, {
        key: bob.access,
        body: { name: 'x', team_id },
      });
      expect(reply.status).toBe(422);
      expect(reply.body['error']?.['details']?.[0]).toMatchObject({
        field: 'team_id',
        code: 'reference',
      });
      bodies.add(withoutRequestId(reply));
    }
    expect(bodies.size).toBe(1);
  });

  it('give a project away by an owner alone, and their owners keep it', async () => {
    const team = await makeTeam(server, { [ann.id]: 'owner', [bob.id]: 'admin' });
    const id = await makeProject(server, { team_id: team }, { key: bob.access });
    const away = { team_id: null };
    expect((await server.ask('PUT', at(id), { key: bob.access, body: away })).status).toBe(403);
    const moved = await server.ask('PUT', at(id), { key: ann.access, body: away });
    expect(moved.status).toBe(200);
    expect(moved.body['data']).not.toHaveProperty('team');
    expect((await server.ask('GET', at(id), { key: ann.access })).status).toBe(200);
    expect((await server.ask('GET', at(id), { key: bob.access })).status).toBe(404);
    const back = { key: ann.access, body: { team_id: team } };
    expect((await server.ask('PUT', at(id), back)).status).toBe(200);
    expect((await server.ask('GET', at(id), { key: bob.access })).status).toBe(200);
  });
});

describe('visibility', () => {
  it('lets nobody in particular into a public project, and into no private one', async () => {
    const make = async (visibility: string) => {
      const id = await makeProject(server, { visibility });
      const body = { name: 'news', fields: [{ name: 'title', type: 'text' }], rules: { list: '' } };
      await server.ask('POST', '/api/v1/collections', { ...picking(id), body });
      return id;
    };
    const [open, closed] = [await make('public'), await make('private')];
    const ask = (id: string, key: string | null) =>
      server.ask('GET', '/api/v1/collections/news/entries', { key, ...picking(id) });
    for (const key of [null, bob.access]) {
      expect((await ask(open, key)).status).toBe(200);
      expect((await ask(closed, key)).status).toBe(404);
    }
    expect((await server.ask('GET', at(open), { key: bob.access })).status).toBe(404);
    await server.ask('PUT', at(open), { body: { visibility: 'private' } });
    expect((await ask(open, null)).status).toBe(404);
  });

  it('closes the default project too, but not the door to sign in', async () => {
    const list = await server.ask('GET', `${projects}?limit=100`);
    const all = list.body['data'] as unknown as { id: string; is_default: boolean }[];
    const path = at(all.find((each) => each.is_default)?.id ?? '');
    const body = { name: 'front', fields: [], rules: { list: '' } };
    await server.ask('POST', '/api/v1/collections', { body });
    const nobody = { key: null };
    const read = () => server.ask('GET', '/api/v1/collections/front/entries', nobody);
    const document = async () => (await server.ask('GET', '/api/v1/openapi.json', nobody)).text;
    expect((await read()).status).toBe(200);
    expect(await document()).toContain('/collections/front/entries');
    await server.ask('PUT', path, { body: { visibility: 'private' } });
    expect((await read()).status).toBe(401);
    expect(await document()).not.toContain('/collections/front/entries');
    expect((await register(server, 'late@example.com')).access).toBeTruthy();
    await server.ask('PUT', path, { body: { visibility: 'public' } });
  });
});
