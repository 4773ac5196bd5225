import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/**
 * Document S0 (SvelteCMS, "API Integration"), its examples of collections and entries in the order
 * in which the document shows them, with its own paths, verbs and bodies.
 */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const fields = [
  { name: 'title', type: 'text', required: true },
  { name: 'content', type: 'richtext' },
];

describe('Collection Operations', () => {
  it('creates a collection: POST /api/v1/collections {name, fields}', async () => {
    const made = await server.ask('POST', '/api/v1/collections', {
      body: { name: 'blog_posts', fields },
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/api/v1/collections/${made.body['id']}`);
    expect(made.body).toMatchObject({ name: 'blog_posts', type: 'content', status: 'published' });
    expect(made.body['fields']).toMatchObject([
      { name: 'title', type: 'text', required: true },
      { name: 'content', type: 'editor' },
    ]);
  });

  it('lists all collections, and filters them by type and status', async () => {
    const all = await server.ask('GET', '/api/v1/collections');
    expect(all.status).toBe(200);
    expect(all.body['items']).toMatchObject([{ name: 'blog_posts' }]);
    const filtered = await server.ask('GET', '/api/v1/collections?type=content&status=published');
    expect(filtered.body['items']).toHaveLength(1);
    const none = await server.ask('GET', '/api/v1/collections?type=singleton&status=published');
    expect(none.body).toMatchObject({ items: [], total: 0 });
  });

  it('reads, updates and deletes a collection by its id', async () => {
    const { body } = await server.ask('POST', '/api/v1/collections', {
      body: { name: 'short_lived', fields },
    });
    const path = `/api/v1/collections/${body['id']}`;
    expect((await server.ask('GET', path)).body).toEqual(body);
    const updated = await server.ask('PUT', path, {
      body: { fields: [...fields, { name: 'teaser', type: 'text' }] },
    });
    expect(updated.status).toBe(200);
    expect(updated.body['fields']).toMatchObject([
      { name: 'title', id: body['fields']?.[0]?.['id'] },
      { name: 'content' },
      { name: 'teaser' },
    ]);
    const deleted = await server.ask('DELETE', path);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect((await server.ask('GET', path)).status).toBe(404);
  });
});

describe('Entry Management', () => {
  const entries = '/api/v1/collections/blog_posts/entries';

  it('creates an entry from bare fields', async () => {
    const made = await server.ask('POST', entries, {
      body: { title: 'New Post', content: '...' },
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`${entries}/${made.body['id']}`);
    expect(made.body).toMatchObject({
      collection: 'blog_posts',
      status: 'published',
      version: 1,
      locale: 'en',
      data: { title: 'New Post', content: '...' },
    });
  });

  it('lists entries, reads one, updates it partially by PUT and deletes it', async () => {
    const list = await server.ask('GET', entries);
    expect(list.status).toBe(200);
    expect(list.body).toMatchObject({ total: 1, page: 1, per_page: 30, next_cursor: null });
    const [{ id }] = list.body['items'] as unknown as [{ id: string }];
    const path = `${entries}/${id}`;
    expect((await server.ask('GET', path)).body).toMatchObject({ id, version: 1 });
    const updated = await server.ask('PUT', path, { body: { title: 'Updated Post' } });
    expect(updated.status).toBe(200);
    // The document's PUT is partial: what it does not name is kept.
    expect(updated.body).toMatchObject({
      version: 2,
      data: { title: 'Updated Post', content: '...' },
    });
    expect((await server.ask('DELETE', path)).status).toBe(204);
    expect((await server.ask('GET', path)).status).toBe(404);
  });
});

describe('Error Handling', () => {
  it('answers an invalid field in the format of the document', async () => {
    const refused = await server.ask('POST', '/api/v1/collections/blog_posts/entries', {
      body: { content: 5 },
    });
    expect(refused.status).toBe(422);
    expect(refused.body['error']).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.any(String),
      details: [
        { field: 'title', code: 'required' },
        { field: 'content', code: 'type' },
      ],
    });
  });

  it('answers 400 INVALID_INPUT, 401 and 404 with the same shape', async () => {
    const malformed = await server.ask('POST', '/api/v1/collections', { body: '{"name":' });
    expect([malformed.status, malformed.body['error']?.['code']]).toEqual([400, 'INVALID_INPUT']);
    const nobody = await server.ask('GET', '/api/v1/collections', { key: null });
    expect([nobody.status, nobody.body['error']?.['code']]).toEqual([401, 'UNAUTHORIZED']);
    const missing = await server.ask('GET', '/api/v1/collections/nothing');
    expect([missing.status, missing.body['error']?.['code']]).toEqual([404, 'NOT_FOUND']);
  });
});
