import type { ProjectRole } from '@cms/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auth, logIn, password, register, type Tokens, tokensOf } from './accounts.ts';
import { type Reply, startTestServer, type TestServer } from './harness.ts';
import { setRole as roleOf, untilStatus } from './keys.ts';

/** What accounts may do, and how they come to it. */
let server: TestServer;
let author: Tokens;
let other: Tokens;
const entries = '/api/v1/collections/notes/entries';

beforeAll(async () => {
  server = await startTestServer();
  author = await register(server, 'author@example.com');
  other = await register(server, 'other@example.com');
  const fields = [{ name: 'title', type: 'text' }];
  const make = (body: object) => server.ask('POST', '/api/v1/collections', { body });
  await make({ name: 'notes', fields });
  await make({ name: 'wall', fields, rules: { update: '' } });
  await make({ name: 'plans', fields, status: 'draft' });
  await make({ name: 'home', fields, type: 'singleton' });
});
afterAll(() => server.close());

const create = async (key?: string, path = entries): Promise<string> => {
  const ask = { body: { title: 'x' }, ...(key === undefined ? {} : { key }) };
  return String((await server.ask('POST', path, ask)).body['id']);
};
const codes = (replies: readonly Reply[]) => replies.map(({ status }) => status);

const setRole = (accountId: string, role: ProjectRole | null) => roleOf(server, accountId, role);

describe('an author', () => {
  it('reads all content, creates, and changes its own, through every family', async () => {
    const [mine, theirs] = [await create(author.access), await create(other.access)];
    const roots = await create();
    const key = author.access;
    for (const family of [
      entries,
      '/api/v1/collections/notes/records',
      '/api/models/notes/entries',
    ]) {
      const patch = (id: string) =>
        server.ask('PATCH', `${family}/${id}`, { key, body: { data: { title: 'y' } } });
      expect(codes([await patch(mine), await patch(theirs), await patch(roots)])).toEqual([
        200, 403, 403,
      ]);
      const read = (id: string) => server.ask('GET', `${family}/${id}`, { key });
      expect(codes([await read(mine), await read(theirs), await read(roots)])).toEqual([
        200, 200, 200,
      ]);
      const remove = (id: string) => server.ask('DELETE', `${family}/${id}`, { key });
      expect(codes([await remove(theirs), await remove(roots)])).toEqual([403, 403]);
    }
    const entry = await server.ask('GET', `${entries}/${mine}`, { key });
    expect(entry.body).toMatchObject({ created_by: author.id, updated_by: author.id });
    expect((await server.ask('DELETE', `${entries}/${mine}`, { key })).status).toBe(204);
  });

  it('changes what a rule opens to everybody', async () => {
    const path = '/api/v1/collections/wall/entries';
    const id = await create(undefined, path);
    const ask = { key: author.access, body: { title: 'y' } };
    expect((await server.ask('PATCH', `${path}/${id}`, ask)).status).toBe(200);
  });

  it('writes a singleton that it began, and no other', async () => {
    const put = (key: string) =>
      server.ask('PUT', '/api/v1/collections/home/entry', { key, body: { title: 'y' } });
    expect(
      codes([await put(author.access), await put(author.access), await put(other.access)]),
    ).toEqual([200, 200, 403]);
  });

  it('sees collections that are no drafts, and changes none', async () => {
    const key = author.access;
    const list = await server.ask('GET', '/api/v1/collections', { key });
    const names = (list.body['items'] as unknown as { name: string }[]).map(({ name }) => name);
    expect([names, list.body['total']]).toEqual([['home', 'notes', 'wall'], 3]);
    const gone = [
      await server.ask('GET', '/api/v1/collections/plans', { key }),
      await server.ask('GET', '/api/v1/collections/plans/entries', { key }),
      await server.ask('POST', '/api/v1/collections/plans/entries', { key, body: {} }),
    ];
    expect(codes(gone)).toEqual([404, 404, 404]);
    const body = { name: 'more' };
    expect((await server.ask('POST', '/api/v1/collections', { key, body })).status).toBe(403);
    expect((await server.ask('DELETE', '/api/v1/collections/notes', { key })).status).toBe(403);
  });
});

it('gives each role what is its own', async () => {
  const member = await register(server, 'member@example.com');
  const key = member.access;
  const id = await create();
  const change = () => server.ask('PATCH', `${entries}/${id}`, { key, body: { title: 'z' } });
  const model = () =>
    server.ask('PATCH', '/api/v1/collections/notes', { key, body: { label: 'N' } });
  await setRole(member.id, 'editor');
  await untilStatus(200, change);
  expect((await model()).status).toBe(403);
  await setRole(member.id, 'viewer');
  await untilStatus(403, change);
  expect((await server.ask('POST', entries, { key, body: {} })).status).toBe(403);
  expect((await server.ask('GET', entries, { key })).status).toBe(200);
  await setRole(member.id, 'admin');
  await untilStatus(200, model);
  await setRole(member.id, null);
  await untilStatus(403, () => server.ask('GET', entries, { key }));
  expect((await server.ask('GET', '/api/v1/auth/me', { key })).status).toBe(200);
});

it('keeps an account out of projects that are not its own, as if there were none', async () => {
  const foreign = 'proj_01kaj5cz5rf4q9t2jw2hq5m8e3';
  await server.app.services.database.sql.rows(
    {
      text: `insert into projects (id, name, created_at, updated_at) values ($1, 'Foreign', now(), now())`,
    },
    [foreign],
  );
  const ask = (project: string) =>
    server.ask('GET', '/api/v1/collections', {
      key: author.access,
      headers: { 'x-project-id': project },
    });
  const words = ({ status, text }: Reply) => [status, text.replace(/"request_id":"[^"]*"/, '')];
  const [theirs, nobodys] = [await ask(foreign), await ask('proj_01kaj5cz5rf4q9t2jw2hq5m8e4')];
  expect(theirs.status).toBe(404);
  expect(words(theirs)).toEqual(words(nobodys));
  // Nobody can register in its name, nor does one who is in the default project get into it.
  const headers = { 'x-project-id': foreign };
  const sly = await auth(server, 'register', { email: 'sly@example.com', password }, headers);
  expect(words(sly)).toEqual(words(nobodys));
  expect((await server.ask('GET', entries, { key: other.access })).status).toBe(200);
  expect((await server.ask('GET', entries, { key: other.access, headers })).status).toBe(404);
});

describe('registration', () => {
  it('takes no role or anything else that is not asked for', async () => {
    const email = 'greedy@example.com';
    for (const more of [
      { role: 'admin' },
      { verified: true },
      { id: 'user_01kaj5cz5rf4q9t2jw2hq5m8e3' },
      { project_role: 'owner' },
      { __proto__: null, constructor: { prototype: { role: 'admin' } } },
    ]) {
      const reply = await auth(server, 'register', { email, password, ...more });
      expect([reply.status, reply.body['error']?.['details']]).toMatchObject([
        422,
        [{ code: 'unknown_field' }],
      ]);
    }
    expect((await logIn(server, email)).status).toBe(401);
  });

  it('makes an administrator of whoever has the root key, of nobody else', async () => {
    const body = { email: 'admin@example.com', password, name: 'Ada' };
    const made = await server.ask('POST', '/api/v1/auth/register', { body });
    expect(made.body['user']).toMatchObject({ role: 'admin', name: 'Ada' });
    const { access: key } = tokensOf(made);
    const collection = { key, body: { name: 'admins' } };
    expect((await server.ask('POST', '/api/v1/collections', collection)).status).toBe(201);
    const guest = { email: 'guest@example.com', password };
    const invited = await server.ask('POST', '/api/v1/auth/register', { key, body: guest });
    expect(invited.body['user']).toMatchObject({ role: 'user' });
    const wrongKey = { key: 'cms_root_wrong', body: { ...guest, email: 'x@example.com' } };
    expect((await server.ask('POST', '/api/v1/auth/register', wrongKey)).status).toBe(401);
  });

  it.each([
    ['invite', 201],
    ['closed', 403],
  ] as const)('lets only the root key in, or nobody: %s', async (registration, status) => {
    const shut = await startTestServer({ config: { registration } });
    const body = { email: 'someone@example.com', password };
    const nobody = await shut.ask('POST', '/api/v1/auth/register', { key: null, body });
    expect([nobody.status, nobody.body['code']]).toEqual([403, 'FORBIDDEN']);
    expect((await shut.ask('POST', '/api/v1/auth/register', { body })).status).toBe(status);
    await shut.close();
  });
});

it('makes sure of the configured administrator at a start, whoever squatted its address', async () => {
  const squatter = await register(server, 'Boss@example.com');
  const config = { admin: { email: 'boss@example.com', password: 'ConfiguredPass1' } };
  const { databaseUrl } = server;
  const starts = await Promise.all([
    startTestServer({ config, databaseUrl }),
    startTestServer({ config, databaseUrl }),
  ]);
  const login = await logIn(server, 'boss@example.com', 'ConfiguredPass1');
  expect(login.body['user']).toMatchObject({ role: 'admin' });
  expect((await logIn(server, 'boss@example.com')).status).toBe(401);
  await untilStatus(401, () => server.ask('GET', '/api/v1/auth/me', { key: squatter.access }));
  // A password that the administrator changed is not changed back.
  const change = { current_password: 'ConfiguredPass1', new_password: 'MyOwnPass1234' };
  const key = tokensOf(login).access;
  await server.ask('POST', '/api/v1/auth/change-password', { key, body: change });
  const third = await startTestServer({ config, databaseUrl });
  expect((await logIn(third, 'boss@example.com', 'MyOwnPass1234')).status).toBe(200);
  for (const each of [...starts, third]) await each.close();
});
