import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auth, logIn, password, register, statusOfMe, type Tokens, tokensOf } from './accounts.ts';
import { type Reply, startTestServer, type TestServer } from './harness.ts';
import { mailedToken, mailedTokens } from './mail-folder.ts';

/** Who manages whose account, and what nobody changes of itself. */
let server: TestServer;
/** A second server on the same database. */
let other: TestServer;
let admin: Tokens;
let ann: Tokens;
const users = '/api/v1/users';
const code = (reply: Reply) => [reply.status, reply.body['error']?.['code']];
const words = ({ status, text }: Reply) => [status, text.replace(/"request_id":"[^"]*"/, '')];
const missing = 'user_01kaj5cz5rf4q9t2jw2hq5m8e3';

const makeAdmin = async (email: string): Promise<Tokens> =>
  tokensOf(await server.ask('POST', '/api/v1/auth/register', { body: { email, password } }));
const put = (id: string, data: object, key?: string) =>
  server.ask('PUT', `${users}/${id}`, { body: { data }, ...(key === undefined ? {} : { key }) });
const attributesOf = (reply: Reply) => reply.body['data']?.['attributes'];

/** Asks until the wanted status comes: the word between servers needs a moment. */
async function until(wanted: number, ask: () => Promise<number>): Promise<void> {
  const begun = performance.now();
  for (let status = await ask(); status !== wanted; status = await ask())
    if (performance.now() - begun > 1000) throw new Error(`It still answers ${status}.`);
}

beforeAll(async () => {
  server = await startTestServer();
  // Either may send the mail: they write it to one folder.
  const config = { dataDir: server.dataDir };
  other = await startTestServer({ databaseUrl: server.databaseUrl, config });
  admin = await makeAdmin('admin@example.com');
  ann = await register(server, 'ann@example.com');
});
afterAll(async () => {
  await other.close();
  await server.close();
});

describe('an administrator', () => {
  it('makes an account whose owner sets the password by mail', async () => {
    const data = { email: 'new@example.com', name: 'New' };
    const made = await server.ask('POST', users, { key: admin.access, body: { data } });
    expect(made.status, made.text).toBe(201);
    expect(attributesOf(made)).toMatchObject({ ...data, role: 'user', verified: false });
    const token = await mailedToken(server.dataDir, 'reset', data.email);
    const body = { token, new_password: 'MyOwnPass1234' };
    expect((await auth(server, 'reset-password', body)).status).toBe(200);
    const login = await logIn(server, data.email, 'MyOwnPass1234');
    expect(login.body['user']).toMatchObject({ verified: true, name: 'New' });
  });

  it('makes one with a password, which is checked, stored as a hash and shown nowhere', async () => {
    const make = (data: object) => server.ask('POST', users, { body: { data } });
    const weak = await make({ email: 'weak@example.com', password: 'password1' });
    expect([weak.status, weak.body['error']?.['details']]).toMatchObject([
      400,
      [{ field: 'password' }],
    ]);
    const made = await make({ email: 'with@example.com', password, verified: true });
    expect(made.status).toBe(201);
    expect(made.text).not.toContain(password);
    expect(made.text).not.toContain('argon2');
    expect((await logIn(server, 'with@example.com')).status).toBe(200);
    expect(code(await make({ email: 'WITH@example.com' }))).toEqual([409, 'CONFLICT']);
  });

  it('lists by role, activity and address, page by page', async () => {
    const list = async (query: string) => {
      const reply = await server.ask('GET', `${users}?${query}`, { key: admin.access });
      expect(reply.status, reply.text).toBe(200);
      return reply;
    };
    const admins = await list('role=admin&active=true');
    expect(admins.body['meta']).toMatchObject({ total: 1 });
    expect((await list('active=false')).body).toMatchObject({ data: [], meta: { total: 0 } });
    expect((await list('email=ANN%40example.com')).body['data']).toMatchObject([{ id: ann.id }]);
    const first = await list('page=1&limit=1');
    expect(first.body['data']).toHaveLength(1);
    expect(first.headers.get('link')).toContain('rel="next"');
    expect((await list('offset=1&limit=1')).body['data']).not.toEqual(first.body['data']);
    const headers = { 'if-none-match': String(first.headers.get('etag')) };
    const again = await server.ask('GET', `${users}?page=1&limit=1`, {
      key: admin.access,
      headers,
    });
    expect(again.status).toBe(304);
    expect((await server.ask('GET', `${users}?page=1&offset=1`)).status).toBe(400);
  });

  it('changes role and activity of others, on every server within a second', async () => {
    const bob = await register(server, 'bob@example.com');
    const listed = async () => (await other.ask('GET', users, { key: bob.access })).status;
    expect(await listed()).toBe(403);
    expect(attributesOf(await put(bob.id, { role: 'admin' }))).toMatchObject({ role: 'admin' });
    await until(200, listed);
    await put(bob.id, { role: 'user' });
    await until(403, listed);
    expect(await statusOfMe(other, bob.access)).toBe(200);
    expect((await put(bob.id, { active: false }, admin.access)).status).toBe(200);
    await until(401, () => statusOfMe(other, bob.access));
    expect((await logIn(server, 'bob@example.com')).status).toBe(401);
    expect((await auth(server, 'refresh', { refresh_token: bob.refresh })).status).toBe(401);
    await put(bob.id, { active: true });
    expect(await statusOfMe(server, bob.access)).toBe(401);
    expect((await logIn(server, 'bob@example.com')).status).toBe(200);
  });

  it('deletes an account with its sessions and memberships; what it wrote stays', async () => {
    const eve = await register(server, 'eve@example.com');
    await server.ask('POST', '/api/v1/collections', { body: { name: 'notes' } });
    const notes = '/api/v1/collections/notes/entries';
    const note = await server.ask('POST', notes, { key: eve.access, body: {} });
    expect(await statusOfMe(other, eve.access)).toBe(200);
    expect((await server.ask('DELETE', `${users}/${eve.id}`)).status).toBe(204);
    await until(401, () => statusOfMe(other, eve.access));
    const kept = await server.ask('GET', `${notes}/${note.body['id']}`);
    expect(kept.body).toMatchObject({ created_by: eve.id });
    const { sql } = server.app.services.database;
    for (const table of ['sessions', 'project_members', 'one_time_tokens', 'api_keys'])
      expect(
        await sql.rows({ text: `select 1 from ${table} where account_id = $1` }, [eve.id]),
      ).toEqual([]);
    const again = await register(server, 'eve@example.com');
    expect(again.id).not.toBe(eve.id);
  });
});

describe('everybody else', () => {
  it('reads and changes itself, by id or as me', async () => {
    for (const id of [ann.id, 'me']) {
      const reply = await server.ask('GET', `${users}/${id}`, { key: ann.access });
      expect(reply.body['data']).toMatchObject({ id: ann.id, type: 'user' });
    }
    const changed = await put('me', { name: 'Ann' }, ann.access);
    expect(attributesOf(changed)).toMatchObject({ name: 'Ann', email: 'ann@example.com' });
    expect((await put('me', { name: null }, ann.access)).body['data']).toMatchObject({
      attributes: { name: null },
    });
  });

  it('learns nothing of anybody else', async () => {
    const ask = (method: string, id: string) =>
      server.ask(method, `${users}/${id}`, {
        key: ann.access,
        ...(method === 'PUT' ? { body: { data: { name: 'x' } } } : {}),
      });
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const theirs = await ask(method, admin.id);
      expect(theirs.status).toBe(404);
      expect(words(theirs)).toEqual(words(await ask(method, missing)));
    }
    expect(code(await server.ask('GET', users, { key: ann.access }))).toEqual([403, 'FORBIDDEN']);
    const body = { data: { email: 'x@example.com' } };
    expect((await server.ask('POST', users, { key: ann.access, body })).status).toBe(403);
    expect((await server.ask('GET', `${users}/me`)).status).toBe(404);
    expect((await server.ask('GET', `${users}/me`, { key: null })).status).toBe(401);
  });

  it.each([
    ['role', 'admin'],
    ['role', 'user'],
    ['verified', true],
    ['active', false],
  ])('never changes its own %s (to %s)', async (field, value) => {
    const refused = await put('me', { name: 'Sly', [field]: value }, ann.access);
    expect(refused.status).toBe(403);
    expect(refused.body['error']).toMatchObject({ code: 'FORBIDDEN', details: [{ field }] });
    const now = await server.ask('GET', `${users}/${ann.id}`);
    expect(attributesOf(now)).toMatchObject({ name: null, role: 'user', verified: false });
  });

  it.each([
    ['id', missing],
    ['password_hash', 'x'],
    ['password', password],
    ['created_at', '2020-01-01T00:00:00.000Z'],
    ['constructor', { prototype: { role: 'admin' } }],
  ])('sends nothing else, nor does an administrator: %s', async (field, value) => {
    const more = { [field]: value };
    for (const key of [ann.access, admin.access]) {
      const reply = await put(ann.id, { name: 'x', ...more }, key);
      expect([reply.status, reply.body['error']?.['details']]).toMatchObject([
        400,
        [{ field, code: 'unknown_field' }],
      ]);
    }
    const meta = await server.ask('PUT', `${users}/${ann.id}`, {
      body: { data: { name: 'x' }, meta: more },
    });
    expect(meta.status).toBe(400);
  });

  it('verifies a new address again, and is told of it at the old one', async () => {
    const dan = await register(server, 'dan@example.com');
    const first = await mailedToken(server.dataDir, 'verify', 'dan@example.com');
    await auth(server, 'forgot-password', { email: 'dan@example.com' });
    const reset = await mailedToken(server.dataDir, 'reset', 'dan@example.com');
    await put(dan.id, { verified: true });
    expect(code(await put('me', { email: 'Ann@example.com' }, dan.access))).toEqual([
      409,
      'CONFLICT',
    ]);
    const moved = await put('me', { email: 'dan@example.org' }, dan.access);
    expect(attributesOf(moved)).toMatchObject({ email: 'dan@example.org', verified: false });
    const second = await mailedToken(server.dataDir, 'verify', 'dan@example.org');
    // What is in the old mailbox opens nothing.
    expect((await auth(server, 'verify-email', { token: first })).status).toBe(422);
    const body = { token: reset, new_password: 'NewSecurePass123' };
    expect((await auth(server, 'reset-password', body)).status).toBe(422);
    expect((await auth(server, 'verify-email', { token: second })).status).toBe(200);
    expect(attributesOf(await server.ask('GET', `${users}/${dan.id}`))).toMatchObject({
      verified: true,
    });
    expect(mailedTokens(server.dataDir, 'verify', 'dan@example.com')).toHaveLength(1);
  });

  it('deletes itself, but not while it alone owns something, and takes its invitations along', async () => {
    const owner = await register(server, 'owner@example.com');
    const team = await server.ask('POST', '/v1/teams', {
      key: owner.access,
      body: { name: 'Writers' },
    });
    expect(team.status, team.text).toBe(201);
    const remove = () => server.ask('DELETE', `${users}/me`, { key: owner.access });
    const refused = await remove();
    expect(code(refused)).toEqual([409, 'CONFLICT']);
    expect(refused.body['error']?.['message']).toContain('"Writers"');
    const path = `/v1/teams/${team.body['data']?.['id']}/members`;
    const add = (body: object) => server.ask('POST', path, { key: owner.access, body });
    const invited = await add({ email: 'somebody@example.net', role: 'editor' });
    expect(invited.status, invited.text).toBe(201);
    const { sql } = server.app.services.database;
    await sql.rows(
      {
        text: `insert into team_members (account_id, team_id, role, created_at) values ($1, $2, 'owner', now())`,
      },
      [ann.id, team.body['data']?.['id']],
    );
    expect((await remove()).status).toBe(204);
    const left = { text: 'select 1 from invitations where invited_by = $1' };
    expect(await sql.rows(left, [owner.id])).toEqual([]);
  });

  it('deletes itself at once where nothing is its own', async () => {
    const gone = await register(server, 'gone@example.com');
    expect((await server.ask('DELETE', `${users}/me`, { key: gone.access })).status).toBe(204);
    expect(await statusOfMe(server, gone.access)).toBe(401);
  });
});

describe('the last administrator', () => {
  const change = {
    delete: (id: string, key: string) => server.ask('DELETE', `${users}/${id}`, { key }),
    demote: (id: string, key: string) => put(id, { role: 'user' }, key),
    shut: (id: string, key: string) => put(id, { active: false }, key),
  };

  it.each(['delete', 'demote', 'shut'] as const)('stays: %s', async (how) => {
    expect(code(await change[how](admin.id, admin.access))).toEqual([409, 'CONFLICT']);
    expect((await server.ask('GET', users, { key: admin.access })).status).toBe(200);
  });

  it('is one of two that go at the same moment', async () => {
    for (const [round, how] of (['delete', 'demote', 'shut'] as const).entries()) {
      const two = [admin, await makeAdmin(`second${round}@example.com`)];
      const replies = await Promise.all(
        two.map(({ id, access }, index) => (index === 0 ? change[how] : change.demote)(id, access)),
      );
      expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)[1]).toBe(409);
      const left = await server.ask('GET', `${users}?role=admin&active=true`);
      expect(left.body['meta']).toMatchObject({ total: 1 });
      admin = two[replies.findIndex(({ status }) => status === 409)] as Tokens;
    }
  });
});

it('gives an address to one of many at once', async () => {
  const body = { data: { email: 'wanted@example.com', password } };
  const asks = Array.from({ length: 10 }, () => server.ask('POST', users, { body }));
  const statuses = (await Promise.all(asks)).map(({ status }) => status);
  expect(statuses.toSorted((a, b) => a - b)).toEqual([
    201,
    ...Array.from({ length: 9 }, () => 409),
  ]);
});

it('changes and deletes what was read, and not what somebody else has changed since', async () => {
  const { id } = await register(server, 'version@example.com');
  const read = await server.ask('GET', `${users}/${id}`);
  const headers = { 'if-match': String(read.headers.get('etag')) };
  const rename = (name: string) =>
    server.ask('PUT', `${users}/${id}`, { headers, body: { data: { name } } });
  expect((await rename('One')).status).toBe(200);
  expect(code(await rename('Two'))).toEqual([412, 'PRECONDITION_FAILED']);
  expect((await server.ask('DELETE', `${users}/${id}`, { headers })).status).toBe(412);
  const now = await server.ask('GET', `${users}/${id}`);
  const fresh = { 'if-match': String(now.headers.get('etag')) };
  expect((await server.ask('DELETE', `${users}/${id}`, { headers: fresh })).status).toBe(204);
});

it('writes down who changed whom, without a secret', async () => {
  const wanted = new Set(['user.created', 'user.updated', 'user.deleted']);
  const begun = performance.now();
  for (const seen = new Set<string>(); ![...wanted].every((each) => seen.has(each));) {
    if (performance.now() - begun > 5000) throw new Error(`Only ${[...seen].join()} was told.`);
    const log = await server.ask('GET', '/api/v1/audit?event_type=user.*&per_page=100');
    expect(log.status, log.text).toBe(200);
    expect(log.text).not.toMatch(/argon2|SecurePass/);
    const rows = log.body['items'] as unknown as { event_type: string }[];
    for (const { event_type } of rows) seen.add(event_type);
  }
});
