import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootKey, startTestServer, type TestServer } from './harness.ts';

/** Document S3 (Zucms, "RESTful API"), its entry endpoints with its own paths, bodies and shapes. */
let server: TestServer;
let id: string;
const entries = '/api/models/articles/entries';

beforeAll(async () => {
  server = await startTestServer();
  const made = await server.ask('POST', '/api/v1/collections', {
    body: {
      name: 'articles',
      fields: [
        { name: 'title', type: 'text', required: true, indexed: true },
        { name: 'status', type: 'select', options: { values: ['draft', 'published'] } },
      ],
    },
  });
  expect(made.status).toBe(201);
});
afterAll(() => server.close());

const entryOf = (data: object, entryId: unknown) => ({
  id: entryId,
  tenantId: expect.stringMatching(/^proj_/),
  modelKey: 'articles',
  data,
  createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
});

describe('Authentication', () => {
  it('takes the key as a bearer token or as x-api-key', async () => {
    expect((await server.ask('GET', entries)).status).toBe(200);
    const byHeader = await server.ask('GET', entries, {
      key: null,
      headers: { 'x-api-key': rootKey },
    });
    expect(byHeader.status).toBe(200);
    expect((await server.ask('GET', entries, { key: null })).status).toBe(401);
  });
});

describe('Endpoints', () => {
  it('3. creates an entry; the model’s own status is a field', async () => {
    const made = await server.ask('POST', entries, {
      body: { data: { title: 'New article', status: 'draft' } },
    });
    expect(made.status).toBe(201);
    id = String(made.body['data']?.['id']);
    expect(made.body['data']).toMatchObject(entryOf({ title: 'New article', status: 'draft' }, id));
    expect(made.headers.get('location')).toBe(`${entries}/${id}`);
  });

  it('2. gets a single entry', async () => {
    const got = await server.ask('GET', `${entries}/${id}`);
    expect(got.status).toBe(200);
    expect(got.body).toMatchObject({
      data: entryOf({ title: 'New article', status: 'draft' }, id),
    });
  });

  it('4. updates an entry and keeps what is not named', async () => {
    const updated = await server.ask('PATCH', `${entries}/${id}`, {
      body: { data: { status: 'published' } },
    });
    expect(updated.status).toBe(200);
    expect(updated.body['data']).toMatchObject(
      entryOf({ title: 'New article', status: 'published' }, id),
    );
  });

  it('1. lists entries with the document’s meta', async () => {
    const list = await server.ask('GET', `${entries}?page=1&pageSize=10&sort=-createdAt`);
    expect(list.status).toBe(200);
    expect(list.body).toEqual({
      data: [expect.objectContaining(entryOf({ title: 'New article', status: 'published' }, id))],
      meta: {
        tenantId: expect.stringMatching(/^proj_/),
        modelKey: 'articles',
        page: 1,
        pageSize: 10,
        total: 1,
        totalPages: 1,
        sort: ['-createdAt'],
        filters: {},
        search: null,
        fields: null,
        include: [],
      },
    });
    const standard = await server.ask('GET', entries);
    expect(standard.body['meta']).toMatchObject({ page: 1, pageSize: 25 });
    expect((await server.ask('GET', `${entries}?pageSize=101`)).status).toBe(400);
  });

  it('5. deletes an entry and says so with 200', async () => {
    const deleted = await server.ask('DELETE', `${entries}/${id}`);
    expect(deleted.status).toBe(200);
    expect(deleted.body).toEqual({ data: { id, deleted: true } });
    expect((await server.ask('GET', `${entries}/${id}`)).status).toBe(404);
  });
});

describe('Error Format', () => {
  it('has details as an object, and one code for malformed and invalid payloads', async () => {
    const invalid = await server.ask('POST', entries, { body: { data: { title: 7 } } });
    expect(invalid.status).toBe(422);
    expect(invalid.body['error']).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { title: expect.any(String) },
    });
    const malformed = await server.ask('POST', entries, { body: '{"data"' });
    expect([malformed.status, malformed.body['error']?.['code']]).toEqual([
      400,
      'VALIDATION_ERROR',
    ]);
  });

  it('uses the document’s common codes', async () => {
    const missing = await server.ask('GET', `${entries}/680dff1d8f1b3c1f1a6f7a12`);
    expect([missing.status, missing.body['error']?.['code']]).toEqual([404, 'NOT_FOUND']);
    const nobody = await server.ask('GET', `${entries}/${id}`, { key: 'wrong' });
    expect([nobody.status, nobody.body['error']?.['code']]).toEqual([401, 'UNAUTHORIZED']);
  });
});
