import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tokens } from './accounts.ts';
import { type Reply, startTestServer, type TestServer } from './harness.ts';
import { apiKeys, makeKey, member, refusedAt, statuses } from './keys.ts';

/** Who sees, makes, changes and rotates whose keys; and that nobody gets more by it. */
let server: TestServer;
let owner: Tokens;
let admin: Tokens;
let author: Tokens;
let other: Tokens;
let elsewhere: string;

beforeAll(async () => {
  server = await startTestServer();
  await server.ask('POST', '/api/v1/collections', { body: { name: 'posts' } });
  owner = await member(server, 'owner@example.com', 'owner');
  admin = await member(server, 'admin@example.com', 'admin');
  author = await member(server, 'author@example.com', 'author');
  other = await member(server, 'other@example.com', 'author');
  elsewhere = server.app.services.newId('proj');
  await server.app.services.database.sql.rows(
    {
      text: `insert into projects (id, name, created_at, updated_at) values ($1, 'Other', now(), now())`,
    },
    [elsewhere],
  );
});
afterAll(() => server.close());

const ask = (method: string, path: string, key: string, body?: object) =>
  server.ask(method, `${apiKeys}${path}`, { key, ...(body ? { body } : {}) });
const idsOf = ({ body }: Reply) =>
  (body['items'] as unknown as { id: string }[]).map(({ id }) => id);
const fieldsOf = (reply: Reply) => refusedAt(reply).map(([field]) => field);

it("shows an author its own keys and an admin all; another's are as good as missing", async () => {
  const [mine, theirs] = [
    await makeKey(server, {}, author.access),
    await makeKey(server, {}, other.access),
  ];
  expect(idsOf(await ask('GET', '', author.access))).toEqual([mine.id]);
  expect(idsOf(await ask('GET', '', admin.access))).toEqual(
    expect.arrayContaining([mine.id, theirs.id]),
  );
  const bare = ({ body }: Reply) => JSON.stringify(body).replace(/"request_id":"[^"]*"/, '');
  for (const [method, path, body] of [
    ['GET', '', undefined],
    ['PATCH', '', {}],
    ['DELETE', '', undefined],
    ['POST', '/rotate', {}],
    ['GET', '/usage', undefined],
  ] as const) {
    const foreign = await ask(method, `/${theirs.id}${path}`, author.access, body);
    const missing = await ask(
      method,
      `/key_01kaj5cz5rf4q9t2jw2hq5m8e3${path}`,
      author.access,
      body,
    );
    expect([foreign.status, bare(foreign)]).toEqual([404, bare(missing)]);
  }
});

it('puts a key into the project that is named, where the caller may know it', async () => {
  const { reply, key } = await makeKey(server, { project_id: elsewhere });
  expect(reply.body['project_id']).toBe(elsewhere);
  expect(idsOf(await server.ask('GET', `${apiKeys}?project_id=${elsewhere}`))).toEqual([
    reply.body['id'],
  ]);
  const named = { headers: { 'x-project-id': elsewhere } };
  expect(idsOf(await server.ask('GET', apiKeys, named))).toEqual([reply.body['id']]);
  expect((await server.ask('GET', `${apiKeys}/${reply.body['id']}`)).status).toBe(404);
  // It sees its own project alone.
  const posts = '/api/v1/collections/posts/entries';
  expect((await server.ask('GET', posts, { key })).status).not.toBe(200);
  const home = await server.app.services.projects.find(undefined);
  const into = { key, headers: { 'x-project-id': String(home?.id) } };
  expect((await server.ask('GET', posts, into)).status).toBe(404);
  for (const project_id of [elsewhere, 'proj_nothing']) {
    const refused = await makeKey(server, { project_id }, author.access);
    expect([refused.reply.status, fieldsOf(refused.reply)]).toEqual([422, ['project_id']]);
    const list = await ask('GET', `?project_id=${project_id}`, author.access);
    expect(list.status).toBe(404);
  }
});

it('reaches its single collections in a private project too', async () => {
  const headers = { 'x-project-id': elsewhere };
  for (const name of ['open', 'shut'])
    await server.ask('POST', '/api/v1/collections', { headers, body: { name } });
  const body = { project_id: elsewhere, scopes: ['content:read:open'] };
  const { key } = await makeKey(server, { ...body });
  const read = (name: string) => server.ask('GET', `/api/v1/collections/${name}/entries`, { key });
  // The scope is read in the project that the key is for.
  expect(statuses([await read('open'), await read('shut')])).toEqual([200, 403]);
});

describe('a key that makes keys', () => {
  it('gives what its own scopes say, and no more', async () => {
    const scopes = ['content:read:posts', 'keys:manage_own'];
    const { key } = await makeKey(server, { scopes }, owner.access);
    const same = await makeKey(server, { scopes: ['content:read:posts'] }, key);
    expect(same.reply.body).toMatchObject({ account_id: owner.id });
    for (const wide of ['read', 'write', 'admin', 'content:read', 'content:write:posts']) {
      const { reply } = await makeKey(server, { scopes: [wide] }, key);
      // Whether there is such a collection is another matter.
      expect([reply.status, fieldsOf(reply)]).toEqual([403, ['scopes.0']]);
    }
  });

  it('gives them its own end, addresses and limits, or less', async () => {
    const expires_at = '2036-01-01T00:00:00.000Z';
    const terms = { expires_at, allowed_ips: ['127.0.0.0/8'], limits: { per_day: 1000 } };
    const parent = await makeKey(server, { scopes: ['read', 'keys:manage_own'], ...terms });
    const child = await makeKey(server, {}, parent.key);
    expect(child.reply.body).toMatchObject(terms);
    const less = {
      expires_at: '2030-01-01T00:00:00.000Z',
      allowed_ips: ['127.0.0.1', '127.1.0.0/16'],
      limits: { per_day: 10, total: 20 },
    };
    expect((await makeKey(server, less, parent.key)).reply.status).toBe(201);
    for (const [more, field] of [
      [{ expires_at: null }, 'expires_at'],
      [{ expires_at: '2037-01-01T00:00:00' }, 'expires_at'],
      [{ allowed_ips: [] }, 'allowed_ips'],
      [{ allowed_ips: ['127.0.0.1', '10.0.0.0/8'] }, 'allowed_ips'],
      [{ allowed_ips: ['126.0.0.0/7'] }, 'allowed_ips'],
      [{ limits: {} }, 'limits.per_day'],
      [{ limits: { per_day: 1001 } }, 'limits.per_day'],
    ] as const) {
      const { reply } = await makeKey(server, more, parent.key);
      expect([reply.status, fieldsOf(reply)]).toEqual([403, [field]]);
      const itself = await ask('PATCH', `/${parent.id}`, parent.key, more);
      expect([itself.status, fieldsOf(itself)]).toEqual([403, [field]]);
    }
    const wider = await ask('PATCH', `/${parent.id}`, parent.key, { scopes: ['admin'] });
    expect(wider.status).toBe(403);
  });

  it('rotates and revokes itself, and sees what it made', async () => {
    const { id, key } = await makeKey(server, { scopes: ['read', 'keys:manage_own'] });
    const child = await makeKey(server, {}, key);
    expect(idsOf(await ask('GET', '', key))).toEqual([child.id, id]);
    const rotated = await ask('POST', `/${id}/rotate`, key, { overlap_seconds: 0 });
    const next = String(rotated.body['key']);
    expect((await ask('GET', '', key)).status).toBe(401);
    expect((await ask('DELETE', `/${id}`, next)).status).toBe(204);
    expect((await ask('GET', '', next)).status).toBe(401);
  });
});

it('lets nobody rotate or change a key that may do more than they; revoking is enough', async () => {
  const mighty = await makeKey(server, { scopes: ['admin'] }, owner.access);
  const roots = await makeKey(server, { scopes: ['admin'] });
  const narrow = await makeKey(server, { scopes: ['read', 'keys:manage'] }, owner.access);
  for (const by of [admin.access, narrow.key])
    for (const target of [mighty, roots])
      expect(
        statuses([
          await ask('POST', `/${target.id}/rotate`, by, {}),
          await ask('PATCH', `/${target.id}`, by, { allowed_ips: [] }),
        ]),
      ).toEqual([403, 403]);
  const equal = await makeKey(server, { scopes: ['write'] }, author.access);
  expect((await ask('POST', `/${equal.id}/rotate`, admin.access, {})).status).toBe(200);
  expect((await ask('DELETE', `/${mighty.id}`, narrow.key)).status).toBe(204);
});

it('writes down who did what to which key, without a secret', async () => {
  const { id, key } = await makeKey(server, {}, owner.access);
  await ask('PATCH', `/${id}`, owner.access, { name: 'renamed' });
  await ask('POST', `/${id}/rotate`, owner.access, {});
  await ask('DELETE', `/${id}`, owner.access);
  const rows = await server.app.services.database.sql.rows<{ type: string; text: string }>(
    {
      text: `select type, t::text as text from (
        select type, actor_id, resource_id, before, after, details, at from audit_pending
        union all select type, actor_id, resource_id, before, after, details, at from audit_log) t
      where resource_id = $1 order by at`,
    },
    [id],
  );
  expect(rows.map(({ type }) => type).toSorted()).toEqual([
    'api_key.created',
    'api_key.revoked',
    'api_key.rotated',
    'api_key.updated',
  ]);
  for (const { text } of rows) {
    expect(text).toContain(owner.id);
    expect(text).not.toContain(key.slice(13, 40));
  }
});
