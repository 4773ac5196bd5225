import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, startTestServer, type TestServer } from './harness.ts';
import { statementsOf } from './statements.ts';

/** Changing and deleting all entries that meet a filter: what is found, what is refused, at which cost. */
let server: TestServer;
const path = (name: string, id = '') => `/api/v1/collections/${name}/entries${id && `/${id}`}`;

beforeAll(async () => {
  server = await startTestServer();
  const collection = async (name: string, fields: object[], more: object = {}) => {
    const made = await server.ask('POST', '/api/v1/collections', {
      body: { name, fields, ...more },
    });
    expect(made.status, made.text).toBe(201);
  };
  await collection('posts', [
    { name: 'title', type: 'text', required: true },
    { name: 'slug', type: 'slug', unique: true },
    { name: 'rank', type: 'integer' },
    { name: 'fixed', type: 'text', readonly: true },
    { name: 'limit', type: 'integer' },
  ]);
  const to = (name: string, on_delete: string) => ({
    name,
    type: 'relation',
    options: { collection: 'posts', on_delete },
  });
  await collection('notes', [
    to('kept', 'restrict'),
    to('gone', 'cascade'),
    to('cleared', 'set_null'),
  ]);
  await collection('careful', [], { options: { require_if_match: true } });
});
afterAll(() => server.close());

const create = async (name: string, entries: object[]): Promise<string[]> => {
  const made = await server.ask('POST', path(name, 'bulk'), { body: { entries } });
  expect(made.status, made.text).toBe(201);
  return (made.body['items'] as unknown as Json[]).map((item) => String(item['id']));
};
let group = 0;
/** Entries of a rank that no others have. */
const ranked = async (count: number, more: object = {}) => {
  group += 1;
  const entries = Array.from({ length: count }, (_, at) => ({
    title: `t${at}`,
    rank: group,
    ...more,
  }));
  return { rank: group, ids: await create('posts', entries) };
};
const change = (query: string, body: object, name = 'posts') =>
  server.ask('PATCH', `${path(name)}?${query}`, { body });
const remove = (query: string, name = 'posts') => server.ask('DELETE', `${path(name)}?${query}`);
const get = async (id: string | undefined, name = 'posts') =>
  (await server.ask('GET', path(name, String(id)))).body;
const details = (reply: { body: Json }) => reply.body['error']?.['details'];

describe('which entries', () => {
  it.each([
    ['bare names', (rank: number) => `rank=${rank}&title[in]=t0,t2`],
    ['brackets', (rank: number) => `filter[rank][eq]=${rank}&filter[title][ne]=t1`],
    ['an expression', (rank: number) => `filter=rank=${rank}&&(title='t0'||title='t2')`],
    ['both', (rank: number) => `filter=title!='t1'&rank=${rank}`],
  ])('are found by %s', async (_name, query) => {
    const { rank, ids } = await ranked(3);
    const reply = await change(`${query(rank)}&max_affected=10`, { title: 'new' });
    expect(reply.body).toEqual({ affected: 2, ids: [ids[0], ids[2]], dry_run: false });
    expect(await get(ids[0])).toMatchObject({ version: 2, data: { title: 'new', rank } });
    expect(await get(ids[1])).toMatchObject({ version: 1, data: { title: 't1' } });
  });

  it('are named by a status where another one is set', async () => {
    const { rank, ids } = await ranked(2);
    await change(`id=${ids[0]}&max_affected=1`, { data: {}, status: 'draft' });
    const reply = await change(`rank=${rank}&status=draft&max_affected=2`, { status: 'archived' });
    expect(reply.body).toMatchObject({ affected: 1, ids: [ids[0]] });
    expect(await get(ids[0])).toMatchObject({ status: 'archived', version: 3 });
    expect(await get(ids[1])).toMatchObject({ status: 'published', version: 1 });
  });

  it('are named by a field that is called like a parameter', async () => {
    const { ids } = await ranked(2, { limit: 77 });
    const reply = await remove('limit=77&max_affected=2');
    expect(reply.body).toMatchObject({ affected: 2, ids });
  });

  it('may be none, or all', async () => {
    const nothing = await change('title=nobody&max_affected=1', { rank: 1 });
    expect(nothing.body).toEqual({ affected: 0, ids: [], dry_run: false });
    const ids = await create('careful', [{}, {}]);
    expect((await remove('sys.id[exists]=true&max_affected=5', 'careful')).status).toBe(428);
    expect((await get(ids[0], 'careful'))['version']).toBe(1);
    const notes = await create('notes', [{}, {}]);
    const all = await remove('sys.id[exists]=true&max_affected=5', 'notes');
    expect(all.body).toMatchObject({ affected: 2, ids: notes });
  });

  it.each(['', '&filter[_and]=', '&filter={}'])(
    'must be said: "%s" is not enough',
    async (query) => {
      const reply = await remove(`max_affected=1${query}`);
      expect(reply.status, reply.text).toBe(400);
    },
  );

  it('must be said in JSON, in every part of it', async () => {
    for (const filter of [{}, { _and: [] }, { _not: {} }, { _or: [{ title: 'x' }, {}] }]) {
      const body = { collection: 'posts', filter, max_affected: 1 };
      const reply = await server.ask('POST', '/trpc/entries.deleteWhere', { body });
      expect(reply.status).toBe(400);
      expect(reply.text).toContain('sys.id[exists]=true');
    }
  });

  it('are no more than max_affected, which has to be said', async () => {
    const { rank, ids } = await ranked(3);
    const reply = await change(`rank=${rank}&max_affected=2`, { title: 'x' });
    expect(reply.status).toBe(409);
    expect(reply.body['error']).toMatchObject({
      code: 'TOO_MANY_AFFECTED',
      message: '3 entries match, and max_affected is 2; nothing was written.',
      details: [{ field: 'max_affected', code: 'max_affected' }],
    });
    expect((await get(ids[0]))['version']).toBe(1);
    expect((await remove(`rank=${rank}&max_affected=2`)).status).toBe(409);
    for (const query of ['', '&max_affected=0', '&max_affected=1001', '&max_affected=x']) {
      const refused = await remove(`rank=${rank}${query}`);
      expect(refused.status).toBe(400);
      expect(details(refused)).toMatchObject([{ field: 'max_affected' }]);
    }
  });

  it('are counted no further than needed', async () => {
    const rank = 9000;
    await create('posts', many(1000, rank));
    expect((await remove(`rank=${rank}&max_affected=5`)).text).toContain('1000 entries match');
    await create('posts', many(1, rank));
    expect((await remove(`rank=${rank}&max_affected=5`)).text).toContain('More than 1000');
  });
});
const many = (count: number, rank: number) =>
  Array.from({ length: count }, () => ({ title: 't', rank }));

describe('what is written', () => {
  it('is as the single update takes it, with versions and events', async () => {
    const { rank, ids } = await ranked(2);
    const reply = await change(`rank=${rank}&max_affected=2`, {
      data: { rank: null, fixed: null },
      status: 'draft',
    });
    expect(reply.status, reply.text).toBe(200);
    expect(await get(ids[1])).toMatchObject({
      status: 'draft',
      version: 2,
      data: { title: 't1', rank: null },
    });
    const { sql } = server.app.services.database;
    const logged = await sql.rows<{ type: string }>(
      { text: 'select type, version from events where entry_id = any($1) order by id' },
      [ids],
    );
    expect(logged.filter(({ type }) => type === 'entry.updated')).toHaveLength(2);
    const versions = await sql.rows(
      { text: `select 1 from entry_versions where entry_id = any($1) and operation = 'update'` },
      [ids],
    );
    expect(versions).toHaveLength(2);
  });

  it('is refused once for what is wrong for all, by the field', async () => {
    const { rank } = await ranked(2);
    const query = `rank=${rank}&max_affected=5`;
    const reply = await change(query, { rank: 'x', titel: 'x' });
    expect(reply.status).toBe(422);
    expect(details(reply)).toMatchObject([
      { field: 'rank', code: 'type' },
      { field: 'titel', code: 'unknown_field' },
    ]);
    const nobody = await change('title=nobody&max_affected=5', { rank: 'x' });
    expect(nobody.status).toBe(422);
    expect((await change(query, { data: {}, nonsense: 1 })).status).toBe(422);
    expect((await server.ask('PATCH', `${path('posts')}?${query}`)).status).toBe(422);
  });

  it('is refused by the entry for what is wrong with one', async () => {
    const { rank, ids } = await ranked(3);
    const query = `rank=${rank}&max_affected=5`;
    const taken = await change(query, { slug: 'same' });
    expect(taken.status).toBe(409);
    expect(details(taken)).toMatchObject([
      { field: `${ids[1]}.slug`, code: 'unique' },
      { field: `${ids[2]}.slug`, code: 'unique' },
    ]);
    expect(details(await change(query, { fixed: 'x' }))).toMatchObject([
      { field: `${ids[0]}.fixed`, code: 'readonly' },
      { field: `${ids[1]}.fixed` },
      { field: `${ids[2]}.fixed` },
    ]);
    expect((await get(ids[0]))['version']).toBe(1);
  });

  it('does to those that refer what their fields say', async () => {
    const { rank, ids } = await ranked(3);
    const [kept, cleared] = await create('notes', [{ kept: ids[0] }, { cleared: ids[1] }]);
    const [along] = await create('notes', [{ gone: ids[2] }]);
    const query = `rank=${rank}&max_affected=3`;
    const refused = await remove(query);
    expect(refused.status).toBe(409);
    expect(details(refused)).toMatchObject([{ field: `${ids[0]}.kept`, code: 'referenced' }]);
    await server.ask('PATCH', path('notes', kept), { body: { kept: null } });
    expect((await remove(query)).body).toMatchObject({ affected: 3, ids });
    expect(await get(cleared, 'notes')).toMatchObject({ version: 2, data: { cleared: null } });
    expect((await server.ask('GET', path('notes', String(along)))).status).toBe(404);
    expect((await server.ask('GET', path('posts', String(ids[0])))).status).toBe(404);
  });

  it('is nothing in a dry run, which is refused as the run would be', async () => {
    const { rank, ids } = await ranked(2);
    const query = `rank=${rank}&max_affected=2&dry_run=true`;
    const tried = { affected: 2, ids, dry_run: true };
    expect((await change(query, { title: 'x' })).body).toEqual(tried);
    expect((await remove(query)).body).toEqual(tried);
    expect(details(await change(query, { slug: 'dry' }))).toMatchObject([
      { field: `${ids[1]}.slug` },
    ]);
    expect((await remove(`rank=${rank}&max_affected=1&dry_run=true`)).status).toBe(409);
    expect(await get(ids[0])).toMatchObject({ version: 1, data: { title: 't0' } });
  });

  it('is the same over tRPC', async () => {
    const { rank, ids } = await ranked(2);
    const ask = (name: string, more: object) =>
      server.ask('POST', `/trpc/entries.${name}`, {
        body: { collection: 'posts', filter: { rank }, max_affected: 2, ...more },
      });
    const changed = await ask('updateWhere', { data: { title: 'by tRPC' } });
    expect(changed.body['result']?.['data']).toEqual({ affected: 2, ids, dry_run: false });
    const gone = await ask('deleteWhere', {});
    expect(gone.body['result']?.['data']).toMatchObject({ affected: 2 });
  });
});

it('takes as many statements for 500 as for 10', async () => {
  const counts: number[][] = [];
  // The first round may open a connection, which has statements of its own.
  for (const size of [10, 10, 500]) {
    const { rank, ids } = await ranked(size);
    await create(
      'notes',
      ids.map((id) => ({ cleared: id })),
    );
    const query = `rank=${rank}&max_affected=500`;
    const sent = async (method: string, body?: object) => {
      const statements = await statementsOf(server, async () => {
        const reply = await server.ask(method, `${path('posts')}?${query}`, { body });
        expect(reply.body['affected'], reply.text.slice(0, 500)).toBe(size);
      });
      return statements.length;
    };
    counts.push([await sent('PATCH', { title: 'x' }), await sent('DELETE')]);
  }
  expect(counts[2]).toEqual(counts[1]);
  expect(Math.max(...(counts[1] ?? []))).toBeLessThan(12);
});
