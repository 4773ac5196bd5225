import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register } from './accounts.ts';
import { type Ask, type Json, startTestServer, type TestServer } from './harness.ts';
import { makeKey } from './keys.ts';

/** Who finds and writes what by a filter, and what holds while others write. */
let server: TestServer;
const nobody = { key: null };
const path = (name: string) => `/api/v1/collections/${name}/entries`;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

let made = 0;
/** A collection of its own for a test; gives its name. */
async function collection(rules: object = {}, fields: object[] = []): Promise<string> {
  made += 1;
  const name = `things_${made}`;
  const all = [{ name: 'title', type: 'text' }, { name: 'state', type: 'text' }, ...fields];
  const reply = await server.ask('POST', '/api/v1/collections', {
    body: { name, fields: all, rules },
  });
  expect(reply.status, reply.text).toBe(201);
  return name;
}
const create = async (name: string, entries: object[], ask?: Ask): Promise<string[]> => {
  const reply = await server.ask('POST', `${path(name)}/bulk`, { ...ask, body: { entries } });
  expect(reply.status, reply.text).toBe(201);
  return (reply.body['items'] as unknown as Json[]).map((item) => String(item['id']));
};
const change = (name: string, query: string, body: object, ask: Ask = nobody) =>
  server.ask('PATCH', `${path(name)}?${query}&max_affected=100`, { ...ask, body });
const remove = (name: string, query: string, ask: Ask = nobody) =>
  server.ask('DELETE', `${path(name)}?${query}&max_affected=100`, ask);
const versions = async (name: string) => {
  const { body } = await server.ask('GET', `${path(name)}?sort=id`);
  return (body['items'] as unknown as Json[]).map((item) => Number(item['version']));
};

describe('rules', () => {
  const everyone = { list: '', view: '', update: '', delete: '' };

  it('hide from a filter what lists hide, and what may not be viewed', async () => {
    for (const rules of [
      { ...everyone, list: 'state != "secret"' },
      { ...everyone, view: 'state != "secret"' },
    ]) {
      const name = await collection(rules);
      const [open] = await create(name, [{ state: 'open' }, { state: 'secret' }]);
      const reply = await change(name, 'sys.id[exists]=true', { title: 'x' });
      expect(reply.body).toMatchObject({ affected: 1, ids: [open] });
      expect((await remove(name, 'state=secret')).body['affected']).toBe(0);
      expect(await versions(name)).toEqual([2, 1]);
    }
  });

  it('hide drafts from who has only a rule', async () => {
    const name = await collection(everyone);
    const entries = [{ data: {}, status: 'draft' }, { data: { title: 'open' } }];
    const [, open] = await create(name, entries);
    expect((await remove(name, 'sys.id[exists]=true')).body['ids']).toEqual([open]);
  });

  it('refuse all where one may be viewed and not written, by its id as bulk does', async () => {
    const rule = 'state = "mine"';
    const name = await collection({ ...everyone, update: rule, delete: rule });
    const [, theirs] = await create(name, [{ state: 'mine' }, { state: 'theirs' }]);
    for (const reply of [
      await change(name, 'sys.id[exists]=true', { title: 'x' }),
      await remove(name, 'sys.id[exists]=true'),
    ]) {
      expect(reply.status).toBe(401);
      expect(reply.body['error']?.['details']).toMatchObject([
        { field: theirs, code: 'unauthorized' },
      ]);
    }
    expect(await versions(name)).toEqual([1, 1]);
    expect((await remove(name, 'state=mine')).body['affected']).toBe(1);
  });

  it('are asked for what is sent', async () => {
    const name = await collection({ ...everyone, update: '@request.data.title != "bad"' });
    await create(name, [{ state: 'a' }]);
    expect((await change(name, 'state=a', { title: 'bad' })).status).toBe(401);
    expect((await change(name, 'state=a', { title: 'good' })).body['affected']).toBe(1);
  });

  it('let nobody write by a filter who may not look', async () => {
    const name = await collection({ update: '', delete: '' });
    await create(name, [{ state: 'a' }]);
    expect((await remove(name, 'state=a')).status).toBe(401);
    const writes = await makeKey(server, { scopes: ['content:write'] });
    const refused = await remove(name, 'state=a', { key: writes.key });
    expect(refused.status).toBe(403);
    expect(refused.body['error']?.['message']).toContain('by their ids');
    expect(await versions(name)).toEqual([1]);
  });

  it('keep an author to its own', async () => {
    const name = await collection();
    const author = await register(server, 'where@example.com');
    const key = { key: author.access };
    const [mine] = await create(name, [{ state: 'a' }], key);
    const [theirs] = await create(name, [{ state: 'a' }]);
    const refused = await change(name, 'state=a', { title: 'x' }, key);
    expect(refused.status).toBe(403);
    expect(refused.body['error']?.['details']).toMatchObject([{ field: theirs }]);
    const own = await change(name, `state=a&created_by=${author.id}`, { title: 'x' }, key);
    expect(own.body).toMatchObject({ affected: 1, ids: [mine] });
  });
});

describe('fields', () => {
  const hidden = { name: 'hidden', type: 'text', hidden: true };
  const ruled = (action: string) => ({
    name: action,
    type: 'text',
    rules: { [action]: '@request.auth.id != ""' },
  });
  const open = { list: '', view: '', update: '', delete: '' };

  it('that the caller may not read are no fields to find by', async () => {
    const name = await collection(open, [hidden, ruled('read')]);
    await create(name, [{ hidden: 'x', read: 'x' }]);
    const unknown = await remove(name, 'nonsense=x');
    expect(unknown.status).toBe(400);
    for (const field of ['hidden', 'read']) {
      const reply = await remove(name, `${field}=x`);
      expect(reply.status).toBe(400);
      const text = String(reply.body['error']?.['message']);
      expect(text.replace(field, 'nonsense')).toBe(unknown.body['error']?.['message']);
    }
    expect(await versions(name)).toEqual([1]);
  });

  it('that the caller may not write refuse the request', async () => {
    const name = await collection(open, [ruled('write')]);
    await create(name, [{ state: 'a' }]);
    const reply = await change(name, 'state=a', { write: 'x' });
    expect(reply.status).toBe(401);
    expect(reply.body['error']?.['details']).toMatchObject([{ field: 'write', code: 'forbidden' }]);
    expect(await versions(name)).toEqual([1]);
  });
});

describe('while others write', () => {
  const root: Ask = {};

  it.each(['PATCH', 'DELETE'])(
    '%s asks again of the rows that it waited for, and leaves what no longer matches',
    async (method) => {
      const name = await collection({}, [
        { name: 'parent', type: 'relation', options: { collection: 'parents' } },
      ]);
      const ids = await create(name, [
        { state: 'old', parent: parents[0] },
        { state: 'old', parent: parents[0] },
        { state: 'old', parent: parents[0] },
      ]);
      const rival = new pg.Client(server.databaseUrl);
      await rival.connect();
      await rival.query('begin');
      const set = (id: string | undefined, data: object) =>
        rival.query('update entry_states set data = data || $2 where entry_id = $1', [id, data]);
      await set(ids[0], { state: 'new' });
      await set(ids[1], { parent: parents[1] });
      await set(ids[2], { title: 'touched' });
      const query = 'state=old&parent.title=one';
      const late =
        method === 'PATCH'
          ? change(name, query, { state: 'mine' }, root)
          : remove(name, query, root);
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await rival.query(waiting)).rowCount === 0);
      await rival.query('commit');
      await rival.end();
      const reply = await late;
      expect(reply.body, reply.text).toMatchObject({ affected: 1, ids: [ids[2]] });
      const left = await server.ask('GET', `${path(name)}/${ids[0]}`);
      expect(left.body['data']).toMatchObject({ state: 'new' });
      const moved = await server.ask('GET', `${path(name)}/${ids[1]}`);
      expect(moved.body['data']).toMatchObject({ state: 'old' });
    },
  );
  let parents: string[];
  beforeAll(async () => {
    await server.ask('POST', '/api/v1/collections', {
      body: { name: 'parents', fields: [{ name: 'title', type: 'text' }] },
    });
    parents = await create('parents', [{ title: 'one' }, { title: 'two' }]);
  });

  it('gives every entry to one of many that want it', async () => {
    const name = await collection();
    const ids = await create(
      name,
      Array.from({ length: 60 }, () => ({ state: 'free' })),
    );
    const takers = Array.from({ length: 8 }, (_, at) => `taker ${at}`);
    const replies = await Promise.all(
      takers.map((state) => change(name, 'state=free', { state }, root)),
    );
    expect(replies.map(({ status }) => status)).toEqual(takers.map(() => 200));
    const taken = replies.flatMap(({ body }) => body['ids'] as unknown as string[]);
    expect(taken.toSorted()).toEqual(ids.toSorted());
    expect(new Set(await versions(name))).toEqual(new Set([2]));
  });

  it('meets writers of single entries and of many without a deadlock or a loss', async () => {
    const name = await collection({}, [{ name: 'count', type: 'integer' }]);
    const ids = await create(
      name,
      Array.from({ length: 30 }, (_, at) => ({ state: at % 2 ? 'odd' : 'even', count: 0 })),
    );
    const rounds = [0, 1, 2, 3, 4, 5];
    const replies = await Promise.all(
      rounds.flatMap((round) => [
        change(name, 'state[in]=odd,even', { title: `w${round}` }, root),
        server.ask('PUT', `${path(name)}/bulk`, {
          body: { entries: ids.toReversed().map((id) => ({ id, count: round })) },
        }),
        server.ask('PATCH', `${path(name)}/${ids[round]}`, { body: { title: 'one' } }),
      ]),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    const once = new Set(ids.slice(0, rounds.length));
    const { body } = await server.ask('GET', `${path(name)}?limit=100`);
    for (const item of body['items'] as unknown as Json[])
      expect(item['version']).toBe(1 + 2 * rounds.length + (once.has(String(item['id'])) ? 1 : 0));
  });
});
