import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, startTestServer, type TestServer } from './harness.ts';
import { statementsOf } from './statements.ts';

/** POST /api/v1/batch: operations over any collections, all or none. */
let server: TestServer;
const entries = (name: string, id = '') => `/api/v1/collections/${name}/entries${id && `/${id}`}`;
const missing = 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3';

beforeAll(async () => {
  server = await startTestServer();
  const collection = (name: string, fields: object[], more: object = {}) =>
    server.ask('POST', '/api/v1/collections', { body: { name, fields, ...more } });
  const author = { name: 'author', type: 'relation', options: { collection: 'authors' } };
  await collection('authors', [
    { name: 'name', type: 'text' },
    { name: 'slug', type: 'slug', unique: true },
  ]);
  await collection('posts', [
    { name: 'title', type: 'text', required: true },
    author,
    {
      name: 'editors',
      type: 'relation',
      options: { collection: 'authors', multiple: true, on_delete: 'set_null' },
    },
    { name: 'box', type: 'component', options: { fields: [author] } },
    {
      name: 'parts',
      type: 'blocks',
      options: { blocks: { quote: [author, { name: 'text', type: 'text' }] } },
    },
    { name: 'schema', type: 'json' },
  ]);
  const open = { create: '@request.data.name != "bad"', update: null, delete: '' };
  await collection('open', [{ name: 'name', type: 'text' }], { rules: open });
  await collection('old', []);
  await server.ask('PATCH', '/api/v1/collections/old', { body: { status: 'archived' } });
});
afterAll(() => server.close());

const batch = (operations: unknown, more: object = {}, ask: object = {}) =>
  server.ask('POST', '/api/v1/batch', { body: { operations, ...more }, ...ask });
const create = (collection: string, data: object, ref?: string) => ({
  op: 'create',
  collection,
  data,
  ...(ref === undefined ? {} : { ref }),
});
const results = (reply: { body: Json }) => reply.body['results'] as unknown as Json[];
const details = ({ body }: { body: Json }) => {
  const { details: found } = body['error'] as unknown as { details: Json[] };
  return found.map(({ field, code }) => [field, code]);
};
const total = async (name: string) => (await server.ask('GET', entries(name))).body['total'];

describe('refs', () => {
  it('stand for the ids of earlier operations, over collections and wherever a relation is', async () => {
    const reply = await batch([
      create('posts', { title: 'first' }, 'post'),
      create('authors', { name: 'Ann' }, 'ann'),
      create('authors', { name: 'Bob' }, 'bob'),
      create('posts', {
        title: 'second',
        author: { $ref: 'ann' },
        editors: [{ $ref: 'bob' }, { $ref: 'ann' }],
        box: { author: { $ref: 'bob' } },
        parts: [{ type: 'quote', text: 'q', author: { $ref: 'ann' } }],
        schema: { $ref: '#/not/ours' },
      }),
      {
        op: 'update',
        collection: 'posts',
        id: { $ref: 'post' },
        data: { author: { $ref: 'bob' } },
        expected_version: 1,
      },
      { op: 'delete', collection: 'posts', id: { $ref: 'post' } },
    ]);
    expect(reply.status, reply.text).toBe(200);
    const [post, ann, bob, second, updated, deleted] = results(reply);
    const [annId, bobId] = [ann?.['id'], bob?.['id']];
    expect(second?.['entry']?.['data']).toEqual({
      title: 'second',
      author: annId,
      editors: [bobId, annId],
      box: { author: bobId },
      parts: [{ type: 'quote', text: 'q', author: annId }],
      schema: { $ref: '#/not/ours' },
    });
    expect(updated).toMatchObject({
      op: 'update',
      ref: null,
      id: post?.['id'],
      entry: { version: 2, data: { author: bobId } },
    });
    expect(deleted).toEqual({ ref: null, op: 'delete', id: post?.['id'], entry: null });
    expect(reply.body['dry_run']).toBe(false);
    const read = await server.ask('GET', entries('posts', String(second?.['id'])));
    expect(read.body).toEqual(second?.['entry']);
  });

  it('that are unknown, later, their own or taken are refused where they are', async () => {
    const reply = await batch([
      create('posts', { title: 'a', author: { $ref: 'later' } }, 'own'),
      create('authors', {}, 'later'),
      create('posts', { title: 'b', box: { author: { $ref: 'self' } } }, 'self'),
      { op: 'delete', collection: 'posts', id: { $ref: 'nobody' } },
      create('posts', { title: 'c' }, 'own'),
    ]);
    expect(reply.status).toBe(422);
    expect(details(reply)).toEqual([
      ['operations.0.data.author', 'ref'],
      ['operations.2.data.box.author', 'ref'],
      ['operations.3.id', 'ref'],
      ['operations.4.ref', 'duplicate'],
    ]);
  });
});

describe('all or none', () => {
  it('undoes everything for one mistake, and says where it is', async () => {
    const before = [await total('authors'), await total('posts')];
    const author = create('authors', { name: 'x', slug: 'same' });
    const cases: [object, number, [string, string]][] = [
      [create('posts', { title: 5 }), 422, ['operations.1.data.title', 'type']],
      [
        create('posts', { title: 'x', author: missing }),
        422,
        ['operations.1.data.author', 'reference'],
      ],
      [author, 409, ['operations.1.data.slug', 'unique']],
      [
        { op: 'update', collection: 'posts', id: missing, data: {} },
        422,
        ['operations.1.id', 'not_found'],
      ],
      [{ op: 'delete', collection: 'posts', id: 'x' }, 422, ['operations.1.id', 'not_found']],
      [create('nothing', {}), 422, ['operations.1.collection', 'not_found']],
      [create('old', {}), 409, ['operations.1.collection', 'collection_archived']],
    ];
    for (const [operation, status, detail] of cases) {
      const reply = await batch([author, operation]);
      expect([reply.status, details(reply)]).toEqual([status, [detail]]);
    }
    expect([await total('authors'), await total('posts')]).toEqual(before);
  });

  it('knows what an earlier operation of the same batch has taken', async () => {
    const [existing] = results(await batch([create('authors', { slug: 'own-one' })]));
    const reply = await batch([
      create('authors', { slug: 'fresh' }),
      { op: 'update', collection: 'authors', id: existing?.['id'], data: { slug: 'fresh' } },
    ]);
    expect([reply.status, details(reply)]).toEqual([409, [['operations.1.data.slug', 'unique']]]);
  });

  it('keeps the order: what is freed may be taken, one entry is changed twice', async () => {
    const [old] = results(await batch([create('authors', { slug: 'moved' })]));
    const reply = await batch([
      { op: 'update', collection: 'authors', id: old?.['id'], data: { name: 'a' } },
      { op: 'update', collection: 'authors', id: old?.['id'], data: { name: 'b' } },
      { op: 'delete', collection: 'authors', id: old?.['id'] },
      create('authors', { slug: 'moved' }),
    ]);
    expect(reply.status, reply.text).toBe(200);
    expect(results(reply).map((each) => each['entry']?.['version'])).toEqual([2, 3, undefined, 1]);
  });

  it('refuses what is no operation, by its place', async () => {
    const reply = await batch([
      { op: 'create', collection: 'posts', data: {}, id: missing },
      { op: 'update', collection: 'posts', data: {} },
      { op: 'drop', collection: 'posts' },
      { op: 'delete', collection: 'posts', id: missing, data: {} },
    ]);
    expect(reply.status).toBe(422);
    expect(details(reply).map(([field]) => field)).toEqual([
      'operations.0.id',
      'operations.1.id',
      'operations.2.op',
      'operations.3.data',
    ]);
    for (const operations of [[], 'x', Array.from({ length: 1001 }, () => create('posts', {}))])
      expect((await batch(operations)).status).toBe(422);
  });
});

it('a dry run answers as if it were done, and leaves nothing', async () => {
  const { sql } = server.app.services.database;
  const counts = async () =>
    sql.rows(
      {
        text: `select (select count(*) from entries) as entries, (select count(*) from events) as events,
          (select count(*) from entry_versions) as versions, (select count(*) from entry_references) as refs`,
      },
      [],
    );
  const before = await counts();
  const operations = [
    create('authors', { name: 'Ann' }, 'a'),
    create('posts', { title: 'x', author: { $ref: 'a' } }, 'p'),
    { op: 'delete', collection: 'posts', id: { $ref: 'p' } },
  ];
  const headers = { 'idempotency-key': 'dry-1' };
  for (const ask of [{}, { headers }, { headers }]) {
    const reply = await batch(operations, { dry_run: true }, ask);
    expect(reply.status, reply.text).toBe(200);
    expect(reply.body).toMatchObject({
      dry_run: true,
      results: [{ ref: 'a', entry: { version: 1 } }, { ref: 'p' }, { op: 'delete', entry: null }],
    });
    expect(await counts()).toEqual(before);
  }
  const refused = await batch([...operations, create('posts', {})], { dry_run: true });
  expect(details(refused)).toEqual([['operations.3.data.title', 'required']]);
});

it('asks of each operation who may, as if it were sent alone', async () => {
  const nobody = { key: null };
  const allowed = await batch([create('open', { name: 'good' })], {}, nobody);
  expect(allowed.status, allowed.text).toBe(200);
  const id = results(allowed)[0]?.['id'];
  const bad = await batch(
    [create('open', { name: 'ok' }), create('open', { name: 'bad' })],
    {},
    nobody,
  );
  expect([bad.status, details(bad)]).toEqual([401, [['operations.1', 'unauthorized']]]);
  const update = { op: 'update', collection: 'open', id, data: { name: 'x' } };
  const closed = await batch([create('open', { name: 'ok' }), update], {}, nobody);
  expect([closed.status, details(closed)]).toEqual([
    401,
    [['operations.1.collection', 'unauthorized']],
  ]);
  const unknown = await batch([create('nothing', {})], {}, nobody);
  const hidden = await batch([create('authors', {})], {}, nobody);
  const without = ({ text }: { text: string }) => text.replaceAll(/"request_id":"[^"]*"/g, '');
  expect(without(unknown)).toBe(without(hidden));
  const gone = await batch([{ op: 'delete', collection: 'open', id }], {}, nobody);
  expect(gone.status, gone.text).toBe(200);
  expect(await total('open')).toBe(0);
});

it('takes as many statements for 300 operations as for 6', async () => {
  const counts: number[] = [];
  for (const pairs of [3, 150]) {
    const operations = Array.from({ length: pairs }, (_, at) => [
      create('authors', { name: `n${at}` }, `a${at}`),
      create('posts', { title: `t${at}`, author: { $ref: `a${at}` } }),
    ]).flat();
    const statements = await statementsOf(server, async () => {
      const reply = await batch(operations);
      expect(reply.status, reply.text.slice(0, 500)).toBe(200);
      const texts = results(reply).map(
        ({ entry }) => entry?.['data']?.['title'] ?? entry?.['data']?.['name'],
      );
      expect(texts).toEqual(operations.map(({ data }) => Object.values(data)[0]));
    });
    counts.push(statements.length);
  }
  expect(counts[1]).toBe(counts[0]);
});
