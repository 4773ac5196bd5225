import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, startTestServer, type TestServer } from './harness.ts';

/** Bulk requests with mode=partial, and those of records: what can be done is done. */
let server: TestServer;
const entries = '/api/v1/collections/posts/entries';
const partial = `${entries}/bulk?mode=partial`;
const records = '/api/v1/collections/posts/records';
const missing = 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3';

beforeAll(async () => {
  server = await startTestServer();
  await server.ask('POST', '/api/v1/collections', {
    body: {
      name: 'posts',
      fields: [
        { name: 'title', type: 'text', required: true },
        { name: 'slug', type: 'slug', unique: true },
      ],
    },
  });
  // A relation to the collection itself can only be added once that is there.
  const { body } = await server.ask('GET', '/api/v1/collections/posts');
  const parent = { name: 'parent', type: 'relation', options: { collection: 'posts' } };
  await server.ask('PATCH', '/api/v1/collections/posts', {
    body: { fields: [...(body['fields'] as unknown as Json[]), parent] },
  });
  await server.ask('POST', '/api/v1/collections', { body: { name: 'one', type: 'singleton' } });
});
afterAll(() => server.close());

const create = async (items: object[]): Promise<string[]> => {
  const made = await server.ask('POST', `${entries}/bulk`, { body: { entries: items } });
  expect(made.status, made.text).toBe(201);
  return (made.body['items'] as unknown as Json[]).map((item) => String(item['id']));
};
const statuses = (body: Json) => (body['items'] as unknown as Json[]).map(({ status }) => status);

it('creates what is right, and says of the rest what a request for it alone would', async () => {
  await create([{ title: 'x', slug: 'taken' }]);
  const reply = await server.ask('POST', partial, {
    body: {
      entries: [
        { title: 'a', slug: 'a' },
        { title: 5 },
        { title: 'b', slug: 'taken' },
        { title: 'c', slug: 'a' },
        { title: 'd', parent: missing },
        { data: { title: 'e' }, status: 'draft' },
      ],
    },
  });
  expect(reply.status, reply.text).toBe(200);
  expect(reply.body).toMatchObject({ succeeded: 2, failed: 4 });
  expect(statuses(reply.body)).toEqual([201, 422, 409, 409, 422, 201]);
  expect(reply.body['items']).toMatchObject([
    { index: 0, entry: { data: { title: 'a' } } },
    { index: 1, error: { code: 'VALIDATION_ERROR', details: [{ field: 'title' }] } },
    { index: 2, error: { code: 'CONFLICT', details: [{ field: 'slug', code: 'unique' }] } },
    { index: 3, error: { code: 'CONFLICT' } },
    { index: 4, error: { details: [{ field: 'parent', code: 'reference' }] } },
    { index: 5, entry: { status: 'draft' } },
  ]);
});

it('changes what it can', async () => {
  const [a, b, c] = await create([{ title: 'a' }, { title: 'b', slug: 'held' }, { title: 'c' }]);
  const reply = await server.ask('PUT', partial, {
    body: {
      entries: [
        { id: a, title: 'A' },
        { id: missing, title: 'x' },
        { id: b, title: 'B', expected_version: 7 },
        { id: c, slug: 'held' },
        { id: a, title: 'twice' },
      ],
    },
  });
  expect(reply.status).toBe(200);
  expect(statuses(reply.body)).toEqual([200, 404, 412, 409, 422]);
  expect(reply.body).toMatchObject({ succeeded: 1, failed: 4 });
  expect((await server.ask('GET', `${entries}/${a}`)).body).toMatchObject({
    version: 2,
    data: { title: 'A' },
  });
});

it('deletes what it can, however they hold each other', async () => {
  const [root] = await create([{ title: 'root' }]);
  let parent = root;
  const chain = [String(root)];
  for (let depth = 0; depth < 12; depth += 1) {
    [parent] = await create([{ title: 'child', parent }]);
    chain.push(String(parent));
  }
  // Without the last one each of them is held by the next.
  const held = await server.ask('DELETE', partial, {
    body: { entry_ids: [...chain.slice(0, -1), missing] },
  });
  expect(statuses(held.body)).toEqual([...chain.slice(0, -1).map(() => 409), 404]);
  const all = await server.ask('DELETE', partial, { body: { entry_ids: chain } });
  expect(all.body).toMatchObject({ succeeded: 13, failed: 0 });
  expect(all.body['items']?.[0]).toEqual({ index: 0, status: 204, id: root });
});

it('is answered once with an Idempotency-Key', async () => {
  const ask = () =>
    server.ask('POST', partial, {
      body: { entries: [{ title: 'once', slug: 'only-once' }, {}] },
      headers: { 'idempotency-key': 'partial-1' },
    });
  const [first, second] = [await ask(), await ask()];
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.headers.get('idempotent-replayed')).toBe('true');
  expect(second.body).toEqual(first.body);
  expect(statuses(first.body)).toEqual([201, 422]);
});

it('gives a singleton one entry', async () => {
  const reply = await server.ask('POST', '/api/v1/collections/one/entries/bulk?mode=partial', {
    body: { entries: [{}, {}, {}] },
  });
  expect(statuses(reply.body)).toEqual([201, 409, 409]);
});

it('over records: counts, and errors by record', async () => {
  const [a, b] = await create([{ title: 'a' }, { title: 'b' }]);
  const strict = await server.ask('POST', `${records}/bulk-update`, {
    body: { record_ids: [a, missing, a], data: { title: 'new' } },
  });
  expect(strict.status).toBe(422);
  expect(strict.body['error']?.['details']).toMatchObject([
    { field: 'record_ids.1', code: 'not_found' },
    { field: 'record_ids.2', code: 'duplicate' },
  ]);
  const some = await server.ask('POST', `${records}/bulk-update?mode=partial`, {
    body: { record_ids: [a, missing], data: { title: 'new' } },
  });
  expect([some.status, some.body]).toEqual([
    200,
    {
      success: 1,
      failed: 1,
      errors: [{ record_id: missing, error: 'There is nothing here.', code: 'NOT_FOUND' }],
    },
  ]);
  const unique = await server.ask('POST', `${records}/bulk-update?mode=partial`, {
    body: { record_ids: [a, b], data: { slug: 'shared' } },
  });
  expect(unique.body).toMatchObject({
    success: 1,
    failed: 1,
    errors: [{ record_id: b, code: 'CONFLICT' }],
  });
  const gone = await server.ask('POST', `${records}/bulk-delete?mode=partial`, {
    body: { record_ids: [a, missing, b] },
  });
  expect(gone.body).toMatchObject({ success: 2, failed: 1 });
});
