import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tokens } from './accounts.ts';
import { type Reply, startTestServer, type TestServer } from './harness.ts';
import { apiKeys, makeKey, member, refusedAt, setRole, statuses, untilStatus } from './keys.ts';

/** What keys may do: what their scopes say, and never more than whoever made them. */
let server: TestServer;
let owner: Tokens;
let editor: Tokens;
let author: Tokens;
let viewer: Tokens;
const posts = '/api/v1/collections/posts/entries';

beforeAll(async () => {
  server = await startTestServer();
  for (const name of ['posts', 'pages'])
    await server.ask('POST', '/api/v1/collections', {
      body: { name, fields: [{ name: 'title', type: 'text' }] },
    });
  await server.ask('POST', '/api/v1/collections', { body: { name: 'plans', status: 'draft' } });
  owner = await member(server, 'owner@example.com', 'owner');
  editor = await member(server, 'editor@example.com', 'editor');
  author = await member(server, 'author@example.com', 'author');
  viewer = await member(server, 'viewer@example.com', 'viewer');
});
afterAll(() => server.close());

const read = (key: string, path = posts) => server.ask('GET', path, { key });
const write = (key: string, path = posts) =>
  server.ask('POST', path, { key, body: { data: { title: 'x' } } });
const manage = (key: string) =>
  server.ask('PATCH', '/api/v1/collections/pages', { key, body: { label: 'Pages' } });
describe('a scope', () => {
  it.each([
    [['read'], [200, 403, 403, 403], 'read'],
    [['write'], [200, 201, 403, 403], 'write'],
    [['admin'], [200, 201, 200, 200], 'admin'],
    [['content:read'], [200, 403, 403, 403], 'read'],
    [['content:write'], [403, 201, 403, 403], 'write'],
    [['content:*'], [200, 201, 403, 403], 'write'],
    [['schema:manage'], [403, 403, 200, 403], 'admin'],
    [['keys:manage'], [403, 403, 403, 200], 'admin'],
    [['content:read:posts'], [200, 403, 403, 403], 'read'],
    [['content:write:posts', 'content:read'], [200, 201, 403, 403], 'write'],
  ])('opens what it says and nothing else: %j', async (scopes, wanted, level) => {
    const { key, reply } = await makeKey(server, { scopes });
    expect(reply.body).toMatchObject({ scopes, access_level: level });
    const keys = await server.ask('GET', apiKeys, { key });
    expect(statuses([await read(key), await write(key), await manage(key), keys])).toEqual(wanted);
    // What asks for an account has nothing for a key.
    expect((await server.ask('GET', '/api/v1/auth/me', { key })).status).toBe(403);
  });

  it('for one collection opens that alone, in every family and over tRPC', async () => {
    const { key } = await makeKey(server, {
      scopes: ['content:read:posts', 'content:write:posts'],
    });
    for (const [name, status] of [
      ['posts', 200],
      ['pages', 403],
    ] as const) {
      const families = [
        `/api/v1/collections/${name}/entries`,
        `/api/v1/collections/${name}/records`,
        `/api/models/${name}/entries`,
      ];
      for (const path of families) {
        expect((await read(key, path)).status, path).toBe(status);
        expect((await write(key, path)).status, path).toBe(status === 200 ? 201 : 403);
      }
      const input = encodeURIComponent(JSON.stringify({ collection: name }));
      expect((await read(key, `/trpc/entries.list?input=${input}`)).status).toBe(status);
    }
    expect((await read(key, '/api/v1/collections/nothing/entries')).status).toBe(403);
    expect((await read(key, '/api/v1/collections')).status).toBe(403);
  });

  it('stays with its collection when that is renamed', async () => {
    await server.ask('POST', '/api/v1/collections', { body: { name: 'before' } });
    const { key } = await makeKey(server, { scopes: ['content:read:before'] });
    await server.ask('PATCH', '/api/v1/collections/before', { body: { name: 'after' } });
    expect((await read(key, '/api/v1/collections/after/entries')).status).toBe(200);
    await server.ask('POST', '/api/v1/collections', { body: { name: 'before' } });
    expect((await read(key, '/api/v1/collections/before/entries')).status).toBe(403);
  });

  it('that is unknown is refused with those there are', async () => {
    const { reply } = await makeKey(server, { scopes: ['read', 'fly', 'content:read:nothing'] });
    expect(reply.status).toBe(422);
    expect(refusedAt(reply)).toEqual([
      ['scopes.1', 'unknown_scope'],
      ['scopes.2', 'unknown_collection'],
    ]);
    expect(reply.text).toContain('content:*');
    const hidden = await makeKey(server, { scopes: ['content:read:plans'] }, editor.access);
    expect(refusedAt(hidden.reply)).toEqual([['scopes.0', 'unknown_collection']]);
  });

  it('and access_level say the same, or are refused', async () => {
    const level = await makeKey(server, { access_level: 'write' });
    expect(level.reply.body).toMatchObject({ scopes: ['write'], access_level: 'write' });
    const neither = await makeKey(server, {});
    expect(neither.reply.body).toMatchObject({ scopes: ['read'], access_level: 'read' });
    const both = await makeKey(server, { access_level: 'read', scopes: ['read', 'write'] });
    expect(refusedAt(both.reply)).toEqual([['scopes.1', 'access_level']]);
  });
});

describe('a maker', () => {
  it('gives no more than its own, and is told which scope is too much', async () => {
    for (const [tokens, scopes, field] of [
      [viewer, ['read', 'write'], 'scopes.1'],
      [viewer, ['content:write:posts'], 'scopes.0'],
      [author, ['schema:manage'], 'scopes.0'],
      [editor, ['keys:*'], 'scopes.0'],
      [editor, ['read', 'audit:read'], 'scopes.1'],
      [owner, ['users:manage'], 'scopes.0'],
    ] as const) {
      const { reply } = await makeKey(server, { scopes }, tokens.access);
      expect([reply.status, ...refusedAt(reply)]).toEqual([403, [field, 'beyond_maker']]);
    }
    const everything = await makeKey(server, { scopes: ['admin'] }, viewer.access);
    expect(statuses([await read(everything.key), await write(everything.key)])).toEqual([200, 403]);
  });

  it("and its keys are one where it may change only its own; another author's are not", async () => {
    const { key } = await makeKey(server, { scopes: ['content:write', 'read'] }, author.access);
    const other = await member(server, 'other@example.com', 'author');
    const [byKey, byPerson] = [await write(key), await write(author.access)];
    const [byOther, byRoot] = [
      await write(other.access),
      await server.ask('POST', posts, { body: {} }),
    ];
    expect(byKey.body['created_by']).toMatch(/^key_/);
    const change = async (by: string, entry: Reply) =>
      (await server.ask('PATCH', `${posts}/${entry.body['id']}`, { key: by, body: { title: 'y' } }))
        .status;
    for (const by of [key, author.access])
      expect([await change(by, byKey), await change(by, byPerson)]).toEqual([200, 200]);
    for (const by of [key, author.access])
      expect([await change(by, byOther), await change(by, byRoot)]).toEqual([403, 403]);
    expect(await change(other.access, byKey)).toBe(403);
    const both = (by: string, entries: readonly Reply[]) => {
      const changes = entries.map(({ body }) => ({ id: body['id'], data: { title: 'z' } }));
      return server.ask('PUT', `${posts}/bulk`, { key: by, body: { entries: changes } });
    };
    expect((await both(key, [byKey, byPerson])).status).toBe(200);
    expect((await both(author.access, [byKey, byPerson, byOther])).status).toBe(403);
  });

  it('takes its keys down with it, on another server as well', async () => {
    const falling = await member(server, 'falling@example.com', 'editor');
    const second = await startTestServer({ databaseUrl: server.databaseUrl });
    const { key } = await makeKey(server, { scopes: ['write'] }, falling.access);
    const ask = { key, body: { title: 'x' } };
    expect((await second.ask('POST', posts, ask)).status).toBe(201);
    await setRole(server, falling.id, 'viewer');
    expect(await untilStatus(403, () => second.ask('POST', posts, ask))).toBeLessThan(1000);
    expect((await second.ask('GET', posts, { key })).status).toBe(200);
    await setRole(server, falling.id, null);
    expect(await untilStatus(401, () => second.ask('GET', posts, { key }))).toBeLessThan(1000);
    expect((await server.ask('GET', posts, { key })).status).toBe(401);
    await second.close();
  });

  it('that is no longer active has no keys', async () => {
    const leaving = await member(server, 'leaving@example.com', 'editor');
    const { key } = await makeKey(server, {}, leaving.access);
    expect((await read(key)).status).toBe(200);
    const { sql } = server.app.services.database;
    await sql.rows({ text: 'update accounts set active = false where id = $1' }, [leaving.id]);
    await sql.rows({ text: `select pg_notify('cms_accounts', $1)` }, [leaving.id]);
    expect(await untilStatus(401, () => read(key))).toBeLessThan(1000);
  });
});
