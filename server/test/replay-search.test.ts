import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, startTestServer, type TestServer } from './harness.ts';

/** What documents S0, S3 and S4 show of search, literally. */
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  const make = async (name: string, fields: object[], rows: object[]): Promise<void> => {
    await server.ask('POST', '/api/v1/collections', { body: { name, fields } });
    for (const body of rows) {
      const path = `/api/v1/collections/${name}/entries`;
      expect((await server.ask('POST', path, { body })).status).toBe(201);
    }
  };
  await make(
    'posts',
    [
      { name: 'title', type: 'text' },
      { name: 'content', type: 'editor' },
      { name: 'contact', type: 'email' },
      { name: 'link', type: 'url' },
      { name: 'status', type: 'select', options: { values: ['draft', 'published'] } },
    ],
    [
      { title: 'About FastCMS', status: 'published' },
      { title: 'Inside', content: '<p>How <b>fastcms</b> works</p>', status: 'draft' },
      { title: 'Write to us', contact: 'hello@fastcms.dev', status: 'published' },
      { title: 'Links', link: 'https://fastcms.dev/docs', status: 'draft' },
      { title: 'A search', content: 'for a term', status: 'published' },
    ],
  );
  await make(
    'articles',
    [
      { name: 'title', type: 'text' },
      { name: 'status', type: 'select', options: { values: ['draft', 'published'] } },
      { name: 'extra', type: 'json' },
    ],
    [
      { title: 'Hello world', status: 'published' },
      { title: 'Another', status: 'published', extra: { words: ['hello'] } },
      { title: 'hello draft', status: 'draft' },
    ],
  );
});
afterAll(() => server.close());

const titles = (body: Json, key = 'items') =>
  (body[key] as unknown as { data: { title: string } }[]).map(({ data }) => data.title);

describe('S0, Search', () => {
  const search = '/api/v1/collections/posts/entries/search';

  it('finds by full text', async () => {
    const { status, body } = await server.ask('GET', `${search}?q=search+term`);
    expect(status).toBe(200);
    expect(titles(body)).toEqual(['A search']);
    expect(body['items']?.[0]).toMatchObject({
      collection: 'posts',
      status: 'published',
      highlights: { title: 'A <mark>search</mark>', content: 'for a <mark>term</mark>' },
    });
  });

  it('finds by must and should', async () => {
    const { status, body } = await server.ask('POST', search, {
      body: {
        query: { must: [{ status: 'published' }], should: [{ title: { contains: 'fast' } }] },
      },
    });
    expect(status).toBe(200);
    expect(titles(body)).toEqual(['About FastCMS', 'A search', 'Write to us']);
  });
});

it('S3, List entries: search looks into every value and stands in the meta', async () => {
  const { status, body } = await server.ask(
    'GET',
    '/api/models/articles/entries?page=1&pageSize=10&sort=-createdAt&search=hello&filter[status][eq]=published',
  );
  expect(status).toBe(200);
  expect(titles(body, 'data')).toEqual(['Another', 'Hello world']);
  expect(body['meta']).toMatchObject({
    page: 1,
    pageSize: 10,
    total: 2,
    totalPages: 1,
    sort: ['-createdAt'],
    filters: { status: { eq: 'published' } },
    search: 'hello',
  });
});

describe('S4, Search Records', () => {
  const found = async (query: string) =>
    titles((await server.ask('GET', `/api/v1/collections/posts/records?${query}`)).body);

  it('in text, editor, email and url fields', async () => {
    expect(await found('search=fastcms')).toEqual([
      'Links',
      'Write to us',
      'Inside',
      'About FastCMS',
    ]);
  });

  it('beside a filter', async () => {
    expect(await found('search=fastcms&filter=status=published')).toEqual([
      'Write to us',
      'About FastCMS',
    ]);
  });
});
