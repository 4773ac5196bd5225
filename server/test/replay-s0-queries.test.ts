import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, startTestServer, type TestServer } from './harness.ts';
import { type Filled, replay } from './replay-printed.ts';

/** Document S0 (SvelteCMS, "API Integration"): its lists, filters, searches, pages and bulk, as printed. */
let server: TestServer;
let collection: string;
const send = (printed: string, filled: Filled = {}) =>
  replay(server, printed, {
    ...filled,
    names: { '{collection_id}': collection, ...filled.names },
  });

beforeAll(async () => {
  server = await startTestServer();
  const fields = [
    { name: 'title', type: 'text', required: true },
    { name: 'content', type: 'editor' },
  ];
  const make = async (body: object) =>
    String((await server.ask('POST', '/api/v1/collections', { body })).body['id']);
  collection = await make({ name: 'blog_posts', fields });
  await make({ name: 'home', type: 'singleton', fields });
  await make({ name: 'planned', status: 'draft', fields });
  const numbered = Array.from({ length: 23 }, (_, at) => ({ title: `Post ${at + 1}` }));
  const entries = [
    { title: 'Welcome', content: 'Here you search for a term' },
    { title: 'Hidden', status: 'draft', content: 'A term alone' },
    ...numbered,
  ];
  const body = { entries };
  const made = await server.ask('POST', `/api/v1/collections/${collection}/entries/bulk`, { body });
  expect(made.status).toBe(201);
});
afterAll(() => server.close());

interface Item {
  readonly id: string;
  readonly data: { readonly title: string };
}
const itemsOf = (body: Json) => body['items'] as unknown as Item[];
const titles = (body: Json) => itemsOf(body).map(({ data }) => data.title);

it('List Collections: filter collections', async () => {
  const { status, body } = await send(`GET /api/v1/collections?type=content&status=published`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ items: [{ name: 'blog_posts' }], total: 1 });
});

it('Entry Operations: list entries', async () => {
  const { status, body } = await send(`GET /api/v1/collections/{collection_id}/entries`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ total: 25, page: 1, per_page: 30, total_pages: 1 });
  expect(titles(body).slice(0, 2)).toEqual(['Post 23', 'Post 22']);
});

describe('Filtering: Query Parameters', () => {
  it('filter by field', async () => {
    const { body } = await send(`GET /api/v1/collections/{collection_id}/entries?title=Welcome`);
    expect(titles(body)).toEqual(['Welcome']);
  });

  it('complex filters', async () => {
    const { status, body } = await send(`GET /api/v1/collections/{collection_id}/entries?
     status=published&
     created_at[gt]=2023-01-01`);
    expect(status).toBe(200);
    expect(body['total']).toBe(24);
    expect(titles(body)).not.toContain('Hidden');
    const before = await send(`GET /api/v1/collections/{collection_id}/entries?
     status=published&
     created_at[lt]=2023-01-01`);
    expect(before.body).toMatchObject({ items: [], total: 0 });
  });
});

describe('Filtering: Search', () => {
  it('full-text search', async () => {
    const { status, body } = await send(`GET /api/v1/collections/{collection_id}/entries/search?
     q=search+term`);
    expect(status).toBe(200);
    expect(body['items']).toMatchObject([
      {
        collection: 'blog_posts',
        data: { title: 'Welcome' },
        score: expect.any(Number),
        highlights: { content: expect.stringContaining('<mark>term</mark>') },
      },
    ]);
  });

  it('advanced search', async () => {
    const { status, body } = await send(
      `POST /api/v1/collections/{collection_id}/entries/search
   {
     "query": {
       "must": [...],
       "should": [...]
     }
   }`,
      {
        lists: [
          [{ content: { contains: 'TERM' } }, { created_at: { gt: '2023-01-01' } }],
          [{ match: { title: 'welcome' } }, { status: 'archived' }],
        ],
      },
    );
    expect(status).toBe(200);
    expect(body['total']).toBe(2);
    expect(titles(body)).toEqual(['Welcome', 'Hidden']);
  });
});

describe('Pagination', () => {
  it('offset pagination', async () => {
    const { status, body, headers } = await send(`GET /api/v1/collections/{collection_id}/entries?
     limit=10&
     offset=20`);
    expect(status).toBe(200);
    const path = `/api/v1/collections/${collection}/entries`;
    expect(headers.get('link')).toContain(`<${path}?limit=10&offset=10>; rel="prev"`);
    expect(body).toMatchObject({ total: 25, page: 3, per_page: 10, total_pages: 3 });
    expect(titles(body)).toEqual(['Post 3', 'Post 2', 'Post 1', 'Hidden', 'Welcome']);
  });

  it('cursor pagination', async () => {
    const printed = `GET /api/v1/collections/{collection_id}/entries?
     limit=10&
     cursor=YOUR_CURSOR`;
    const path = `/api/v1/collections/${collection}/entries?limit=10`;
    const met: string[] = [];
    let { body } = await server.ask('GET', path);
    for (let pages = 0; pages < 3; pages += 1) {
      met.push(...titles(body));
      const next = body['next_cursor'] as unknown as string | null;
      if (next !== null) ({ body } = await send(printed, { names: { YOUR_CURSOR: next } }));
    }
    expect(met).toHaveLength(25);
    expect(new Set(met).size).toBe(25);
    expect(body['next_cursor']).toBeNull();
    // Left as it is printed, it is no cursor.
    const refused = await send(printed);
    expect(refused.status).toBe(400);
    expect(refused.body['error']).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.any(String),
      details: [{ field: 'cursor' }],
    });
  });
});

describe('Bulk Operations', () => {
  let ids: string[];

  it('bulk create', async () => {
    const { status, body } = await send(
      `POST /api/v1/collections/{collection_id}/entries/bulk
   {
     "entries": [...]
   }`,
      {
        lists: [
          [
            { title: 'One', content: '1' },
            { data: { title: 'Two' }, status: 'draft' },
          ],
        ],
      },
    );
    expect(status).toBe(201);
    expect(body['items']).toMatchObject([
      { collection: 'blog_posts', status: 'published', version: 1, data: { title: 'One' } },
      { status: 'draft', data: { title: 'Two' } },
    ]);
    ids = itemsOf(body).map(({ id }) => id);
  });

  it('bulk update', async () => {
    const { status, body } = await send(
      `PUT /api/v1/collections/{collection_id}/entries/bulk
   {
     "entries": [...]
   }`,
      {
        lists: [
          [
            { id: ids[0], title: 'First' },
            { id: ids[1], data: { title: 'Second' } },
          ],
        ],
      },
    );
    expect(status).toBe(200);
    expect(body['items']).toMatchObject([
      { id: ids[0], version: 2, data: { title: 'First', content: '1' } },
      { id: ids[1], version: 2, data: { title: 'Second' } },
    ]);
  });

  it('bulk delete', async () => {
    const { status, body } = await send(
      `DELETE /api/v1/collections/{collection_id}/entries/bulk
   {
     "entry_ids": [...]
   }`,
      { lists: [ids] },
    );
    expect([status, body]).toEqual([200, { deleted: 2, ids }]);
    const list = await send(`GET /api/v1/collections/{collection_id}/entries`);
    expect(list.body['total']).toBe(25);
  });
});
