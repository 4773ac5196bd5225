import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, startTestServer, type TestServer } from './harness.ts';
import { statementsOf } from './statements.ts';

/** Changing and deleting many entries with one request: everything or nothing. */
let server: TestServer;
const path = (name: string, id = '') => `/api/v1/collections/${name}/entries${id && `/${id}`}`;
const bulk = (name: string) => path(name, 'bulk');
const missing = 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3';

beforeAll(async () => {
  server = await startTestServer();
  const collection = (name: string, fields: object[], more: object = {}) =>
    server.ask('POST', '/api/v1/collections', { body: { name, fields, ...more } });
  await collection('posts', [
    { name: 'title', type: 'text', required: true },
    { name: 'slug', type: 'slug', unique: true },
    { name: 'rank', type: 'integer' },
    { name: 'fixed', type: 'text', readonly: true },
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
  await collection('versions', [{ name: 'expected_version', type: 'integer' }]);
});
afterAll(() => server.close());

const create = async (name: string, entries: object[]): Promise<string[]> => {
  const made = await server.ask('POST', bulk(name), { body: { entries } });
  expect(made.status, made.text).toBe(201);
  return (made.body['items'] as unknown as Json[]).map((item) => String(item['id']));
};
const titled = (count: number) => Array.from({ length: count }, (_, at) => ({ title: `t${at}` }));
const details = (reply: { body: Json }) => reply.body['error']?.['details'];

describe('PUT', () => {
  it('takes bare fields and data, in the order of the request, each a version with its event', async () => {
    const [a, b, c] = await create('posts', titled(3));
    const reply = await server.ask('PUT', bulk('posts'), {
      body: {
        entries: [
          { id: c, title: 'C', status: 'draft' },
          { id: a, data: { rank: 1 }, status: 'archived', expected_version: 1 },
          { id: b, rank: 2, expected_version: 1 },
        ],
      },
    });
    expect(reply.status, reply.text).toBe(200);
    expect(reply.body['items']).toMatchObject([
      { id: c, version: 2, status: 'draft', data: { title: 'C' } },
      { id: a, version: 2, status: 'archived', data: { title: 't0', rank: 1 } },
      { id: b, version: 2, status: 'published', data: { title: 't1', rank: 2 } },
    ]);
    for (const item of reply.body['items'] as unknown as Json[])
      expect((await server.ask('GET', path('posts', String(item['id'])))).body).toEqual(item);
    const [logged] = await server.app.services.database.sql.rows<{ same: boolean; n: number }>(
      {
        text: `select count(*)::int as n, bool_and(v.event_id = e.id and v.version = e.version and i.version = e.version) as same
          from events e join entry_versions v on v.entry_id = e.entry_id and v.version = e.version
          join entries i on i.id = e.entry_id where e.type = 'entry.updated' and e.entry_id = any($1)`,
      },
      [[a, b, c]],
    );
    expect(logged).toEqual({ n: 3, same: true });
  });

  it('lists every mistake by its place and writes nothing', async () => {
    const [a, b, c, d] = await create('posts', titled(4));
    const reply = await server.ask('PUT', bulk('posts'), {
      body: {
        entries: [
          { id: a, title: 'fine' },
          { id: missing, title: 'x' },
          { id: 'nonsense\u0000', title: 'x' },
          { id: b, title: null, rank: 1.5 },
          { id: a, title: 'again' },
          { id: c, data: {}, more: 1, status: 'gone', expected_version: 'x' },
          { id: d, fixed: 'x', titel: 'x' },
        ],
      },
    });
    expect([reply.status, reply.body['error']?.['code']]).toEqual([422, 'VALIDATION_ERROR']);
    const found = (details(reply) as unknown as Json[]).map(({ field, code }) => [field, code]);
    expect(found).toEqual([
      ['entries.1.id', 'not_found'],
      ['entries.2.id', 'not_found'],
      ['entries.3.title', 'required'],
      ['entries.3.rank', 'type'],
      ['entries.4.id', 'duplicate'],
      ['entries.5.more', 'unknown_field'],
      ['entries.5.status', 'values'],
      ['entries.5.expected_version', 'type'],
      ['entries.6.titel', 'unknown_field'],
    ]);
    expect((await server.ask('GET', path('posts', String(a)))).body['version']).toBe(1);
  });

  it('refuses what is no list, too much, and items without an id', async () => {
    for (const entries of [[], 'x', [{ title: 'x' }], [5], titled(1001)]) {
      const reply = await server.ask('PUT', bulk('posts'), { body: { entries } });
      expect(reply.status).toBe(422);
    }
    const mode = await server.ask('PUT', `${bulk('posts')}?mode=some`, { body: { entries: [] } });
    expect(mode.status).toBe(400);
  });

  it('asks for versions where the collection does, and compares them', async () => {
    const [a, b] = await create('careful', [{}, {}]);
    const without = await server.ask('PUT', bulk('careful'), { body: { entries: [{ id: a }] } });
    expect(without.status).toBe(428);
    const old = await server.ask('PUT', bulk('careful'), {
      body: {
        entries: [
          { id: a, expected_version: 1 },
          { id: b, expected_version: 7 },
        ],
      },
    });
    expect(old.status).toBe(412);
    expect(details(old)).toMatchObject([{ field: 'entries.1.expected_version', code: 'version' }]);
    const [own] = await create('versions', [{}]);
    const field = await server.ask('PUT', bulk('versions'), {
      body: { entries: [{ id: own, expected_version: 9 }] },
    });
    expect(field.body['items']).toMatchObject([{ data: { expected_version: 9 } }]);
  });

  it('names every value that is taken, by another entry or twice in the request', async () => {
    const [a, b, c, d] = await create(
      'posts',
      ['s1', 's2', 's3', 's4'].map((slug) => ({ title: slug, slug })),
    );
    const reply = await server.ask('PUT', bulk('posts'), {
      body: {
        entries: [
          { id: a, slug: 's1' },
          { id: b, slug: 's4' },
          { id: c, slug: 'fresh' },
          { id: d, slug: 'fresh' },
        ],
      },
    });
    expect([reply.status, reply.body['error']?.['code']]).toEqual([409, 'CONFLICT']);
    expect(details(reply)).toMatchObject([
      { field: 'entries.1.slug', code: 'unique' },
      { field: 'entries.3.slug', code: 'unique' },
    ]);
  });

  it('keeps the references, and names those that lead nowhere', async () => {
    const [post] = await create('posts', titled(1));
    const [a, b] = await create('notes', [{}, { kept: post }]);
    const wrong = await server.ask('PUT', bulk('notes'), {
      body: {
        entries: [
          { id: a, kept: post },
          { id: b, cleared: missing },
        ],
      },
    });
    expect(wrong.status).toBe(422);
    expect(details(wrong)).toMatchObject([{ field: 'entries.1.cleared', code: 'reference' }]);
    const right = await server.ask('PUT', bulk('notes'), {
      body: {
        entries: [
          { id: a, kept: post },
          { id: b, kept: null },
        ],
      },
    });
    expect(right.status, right.text).toBe(200);
    const refused = await server.ask('DELETE', path('posts', String(post)));
    expect(refused.text).toContain(a);
    expect(refused.text).not.toContain(b);
  });
});

describe('DELETE', () => {
  const remove = (name: string, entry_ids: unknown, query = '') =>
    server.ask('DELETE', `${bulk(name)}${query}`, { body: { entry_ids } });

  it('does to those who refer what their fields say, and leaves the rest', async () => {
    const [a, b, c] = await create('posts', titled(3));
    const [gone, cleared] = await create('notes', [{ gone: a }, { cleared: b }]);
    const reply = await remove('posts', [b, a]);
    expect([reply.status, reply.body]).toEqual([200, { deleted: 2, ids: [b, a] }]);
    expect((await server.ask('GET', path('notes', String(gone)))).status).toBe(404);
    expect((await server.ask('GET', path('notes', String(cleared)))).body).toMatchObject({
      version: 2,
      data: { cleared: null },
    });
    expect((await server.ask('GET', path('posts', String(c)))).status).toBe(200);
  });

  it('lists who is in the way and what is not there by place, and deletes nothing', async () => {
    const [a, b] = await create('posts', titled(2));
    await create('notes', [{ kept: b }]);
    const kept = await remove('posts', [a, b]);
    expect(kept.status).toBe(409);
    expect(details(kept)).toMatchObject([{ field: 'entry_ids.1', code: 'referenced' }]);
    const wrong = await remove('posts', [a, missing, a]);
    expect(wrong.status).toBe(422);
    expect(details(wrong)).toMatchObject([
      { field: 'entry_ids.1', code: 'not_found' },
      { field: 'entry_ids.2', code: 'duplicate' },
    ]);
    expect((await server.ask('GET', path('posts', String(a)))).status).toBe(200);
  });

  it('deletes entries that refer to each other', async () => {
    const made = await server.ask('POST', '/api/v1/collections', { body: { name: 'nodes' } });
    const relation = { name: 'next', type: 'relation', options: { collection: 'nodes' } };
    await server.ask('PATCH', '/api/v1/collections/nodes', { body: { fields: [relation] } });
    expect(made.status).toBe(201);
    const [a, b] = await create('nodes', [{}, {}]);
    const linked = {
      entries: [
        { id: a, next: b },
        { id: b, next: a },
      ],
    };
    await server.ask('PUT', bulk('nodes'), { body: linked });
    expect((await remove('nodes', [a])).status).toBe(409);
    expect((await remove('nodes', [a, b])).status).toBe(200);
  });

  it('needs its body; other deletes have none', async () => {
    expect((await server.ask('DELETE', bulk('posts'))).status).toBe(422);
    const inQuery = await server.ask('DELETE', `${bulk('posts')}?entry_ids=${missing}`);
    expect(inQuery.status).toBe(400);
    const [a] = await create('posts', titled(1));
    const one = await server.ask('DELETE', path('posts', String(a)), { body: 'not { JSON' });
    expect(one.status).toBe(204);
  });
});

it('takes bodies that are too large for others, and writes to no archived collection', async () => {
  const title = 'x'.repeat(5_000_000);
  const sizes = [
    await server.ask('POST', path('posts'), { body: { title } }),
    await server.ask('POST', bulk('posts'), { body: { entries: [{ title }] } }),
    await server.ask('POST', '/api/v1/batch', {
      body: { operations: [{ op: 'create', collection: 'posts', data: { title } }] },
    }),
  ];
  expect(sizes.map(({ status }) => status)).toEqual([413, 201, 200]);
  await server.ask('POST', '/api/v1/collections', { body: { name: 'closed' } });
  const [id] = await create('closed', [{}]);
  await server.ask('PATCH', '/api/v1/collections/closed', { body: { status: 'archived' } });
  for (const query of ['', '?mode=partial']) {
    const put = await server.ask('PUT', bulk('closed') + query, { body: { entries: [{ id }] } });
    const gone = await server.ask('DELETE', bulk('closed') + query, { body: { entry_ids: [id] } });
    expect([put.body['error']?.['code'], gone.body['error']?.['code']]).toEqual([
      'COLLECTION_ARCHIVED',
      'COLLECTION_ARCHIVED',
    ]);
  }
});

it('takes as many statements for 500 as for 10', async () => {
  const [target] = await create('posts', titled(1));
  const counts: number[][] = [];
  // The first round may open a connection, which has statements of its own.
  for (const size of [10, 10, 500]) {
    const ids = await create('posts', titled(size));
    const notes = await create(
      'notes',
      ids.map((id) => ({ cleared: id, gone: target })),
    );
    const entries = notes.map((id) => ({ id, gone: null }));
    const sent = async (method: string, name: string, body: object, query = '') => {
      const statements = await statementsOf(server, async () => {
        const reply = await server.ask(method, `${bulk(name)}${query}`, { body });
        expect(reply.status, reply.text.slice(0, 500)).toBeLessThan(202);
      });
      return statements.length;
    };
    counts.push([
      await sent('PUT', 'notes', { entries }),
      await sent('PUT', 'notes', { entries: [...entries, { id: missing }] }, '?mode=partial'),
      await sent('DELETE', 'posts', { entry_ids: ids }),
      await sent('DELETE', 'notes', { entry_ids: [...notes, missing] }, '?mode=partial'),
      await sent('POST', 'posts', { entries: [...titled(size), {}] }, '?mode=partial'),
    ]);
  }
  expect(counts[2]).toEqual(counts[1]);
  expect(Math.max(...(counts[1] ?? []))).toBeLessThan(16);
});

it('does not deadlock with itself in the opposite order', async () => {
  const ids = await create('posts', titled(200));
  const send = (order: readonly string[], rank: number) =>
    server.ask('PUT', bulk('posts'), { body: { entries: order.map((id) => ({ id, rank })) } });
  const rounds = 6;
  const statuses: number[] = [];
  const statements = await statementsOf(server, () =>
    Promise.all(
      Array.from({ length: rounds }, async (_, at) =>
        statuses.push((await send(at % 2 ? ids : ids.toReversed(), at)).status),
      ),
    ),
  );
  expect(statuses).toEqual(Array.from({ length: rounds }, () => 200));
  // A deadlock would be got over by starting again, which is no way to live.
  expect(statements.filter((text) => /commit/i.test(text))).toHaveLength(rounds);
  expect(statements.filter((text) => /rollback/i.test(text))).toEqual([]);
  const last = await server.ask('GET', path('posts', String(ids[0])));
  expect(last.body['version']).toBe(rounds + 1);
});
