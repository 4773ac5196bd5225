import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** Document S4 (FastCMS, "API Reference"): its collections and records, literally. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('Collections API', () => {
  it('creates a collection from a schema with validation', async () => {
    const made = await server.ask('POST', '/api/v1/collections', {
      body: {
        name: 'posts',
        type: 'base',
        schema: [
          { name: 'title', type: 'text', validation: { required: true } },
          { name: 'content', type: 'editor' },
          { name: 'published', type: 'bool' },
        ],
      },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'posts', type: 'base' });
    expect(made.body['schema']).toMatchObject([
      { name: 'title', type: 'text', validation: { required: true } },
      { name: 'content', type: 'editor', validation: { required: false } },
      { name: 'published', type: 'bool' },
    ]);
  });

  it('lists, gets by id or name, updates by PATCH and deletes', async () => {
    expect((await server.ask('GET', '/api/v1/collections')).body['items']).toHaveLength(1);
    const got = await server.ask('GET', '/api/v1/collections/posts');
    expect(got.status).toBe(200);
    const path = `/api/v1/collections/${got.body['id']}`;
    expect((await server.ask('GET', path)).body).toEqual(got.body);
    const patched = await server.ask('PATCH', path, { body: { label: 'Posts' } });
    expect([patched.status, patched.body['label']]).toEqual([200, 'Posts']);
    expect((await server.ask('DELETE', path)).status).toBe(204);
  });
});

describe('Records API', () => {
  const records = '/api/v1/collections/products/records';
  let id: string;

  beforeAll(async () => {
    await server.ask('POST', '/api/v1/collections', {
      body: {
        name: 'products',
        type: 'base',
        schema: [
          { name: 'title', type: 'text', validation: { required: true, max_length: 100 } },
          { name: 'price', type: 'number', validation: { min: 0 } },
        ],
      },
    });
  });

  it('creates a record', async () => {
    const made = await server.ask('POST', records, {
      body: { data: { title: 'Product Name', price: 99.99 } },
    });
    expect(made.status).toBe(201);
    id = String(made.body['id']);
    expect(made.body).toMatchObject({
      collection_name: 'products',
      data: { title: 'Product Name', price: 99.99 },
      created: expect.stringMatching(/Z$/),
      updated: expect.stringMatching(/Z$/),
    });
  });

  it('gets, updates and deletes a record', async () => {
    expect((await server.ask('GET', `${records}/${id}`)).body).toMatchObject({ id });
    const updated = await server.ask('PATCH', `${records}/${id}`, {
      body: { data: { price: 89.99 } },
    });
    expect(updated.status).toBe(200);
    expect(updated.body['data']).toEqual({ title: 'Product Name', price: 89.99 });
  });

  it('lists records in the success format, newest first', async () => {
    await server.ask('POST', records, { body: { data: { title: 'Second' } } });
    const list = await server.ask('GET', `${records}?page=1&per_page=20&sort=-created`);
    expect(list.status).toBe(200);
    expect(list.body).toMatchObject({ total: 2, page: 1, per_page: 20 });
    expect(
      (list.body['items'] as unknown as { data: { title: string } }[]).map(
        (each) => each.data.title,
      ),
    ).toEqual(['Second', 'Product Name']);
    expect((await server.ask('GET', records)).body['per_page']).toBe(30);
    expect((await server.ask('GET', `${records}?per_page=101`)).status).toBe(400);
  });

  it('deletes a record with 204', async () => {
    const deleted = await server.ask('DELETE', `${records}/${id}`);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect((await server.ask('GET', `${records}/${id}`)).status).toBe(404);
  });

  it('reads errors as detail and code', async () => {
    const refused = await server.ask('POST', records, { body: { data: { price: -1 } } });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ detail: expect.any(String), code: 'VALIDATION_ERROR' });
    const nobody = await server.ask('GET', records, { key: null });
    expect([nobody.status, nobody.body['code']]).toEqual([401, 'UNAUTHORIZED']);
  });
});

describe('System API', () => {
  it('is healthy', async () => {
    const health = await server.ask('GET', '/health', { key: null });
    expect([health.status, health.body['status']]).toEqual([200, 'healthy']);
  });
});
