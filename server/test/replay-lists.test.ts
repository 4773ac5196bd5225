import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, startTestServer, type TestServer } from './harness.ts';

/** What documents S0, S3 and S4 show of filters, sorts and pages, literally, over one collection. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const fields = [
    { name: 'title', type: 'text', indexed: true },
    { name: 'status', type: 'select', options: { values: ['draft', 'published'] } },
    { name: 'featured', type: 'bool' },
    { name: 'active', type: 'bool' },
    { name: 'price', type: 'number' },
  ];
  await server.ask('POST', '/api/v1/collections', { body: { name: 'articles', fields } });
  const entries = [
    { title: 'Welcome', status: 'published', featured: true, active: true, price: 1 },
    { title: 'Hello world', status: 'published', featured: false, active: false, price: 2 },
    { title: 'hello again', status: 'draft', featured: true, active: true },
  ];
  for (const body of entries)
    expect(
      (await server.ask('POST', '/api/v1/collections/articles/entries', { body })).status,
    ).toBe(201);
});
afterAll(() => server.close());

const titles = (body: Json, key: string) =>
  (body[key] as unknown as { data: { title: string } }[]).map(({ data }) => data.title);

describe('S0, Filtering and Pagination', () => {
  const entries = '/api/v1/collections/articles/entries';
  const found = async (query: string) =>
    titles((await server.ask('GET', `${entries}?${query}`)).body, 'items');

  it('filters by field', async () => {
    expect(await found('title=Welcome')).toEqual(['Welcome']);
  });

  it('takes complex filters', async () => {
    expect(await found('status=published&created_at[gt]=2023-01-01')).toEqual([
      'Hello world',
      'Welcome',
    ]);
    expect(await found('status=published&created_at[lt]=2023-01-01')).toEqual([]);
  });

  it('pages by offset and by cursor', async () => {
    expect(await found('limit=10&offset=20')).toEqual([]);
    const { body } = await server.ask('GET', `${entries}?limit=2`);
    expect(await found(`limit=10&cursor=${body['next_cursor']}`)).toEqual(['Welcome']);
    const bad = await server.ask('GET', `${entries}?limit=10&cursor=YOUR_CURSOR`);
    expect([bad.status, bad.body['error']?.['code']]).toEqual([400, 'INVALID_INPUT']);
  });
});

describe('S3, List entries', () => {
  const entries = '/api/models/articles/entries';
  const asked = (query: string) => server.ask('GET', `${entries}?${query}`);

  it('filters and says so in its meta', async () => {
    const { status, body } = await asked(
      'page=1&pageSize=10&sort=-createdAt&filter[status][eq]=published',
    );
    expect(status).toBe(200);
    expect(titles(body, 'data')).toEqual(['Hello world', 'Welcome']);
    expect(body['meta']).toMatchObject({
      page: 1,
      pageSize: 10,
      total: 2,
      totalPages: 1,
      sort: ['-createdAt'],
      filters: { status: { eq: 'published' } },
    });
  });

  it.each<[string, string[]]>([
    ['filter[title][eq]=Welcome', ['Welcome']],
    ['filter[status][ne]=published', ['hello again']],
    ['filter[title][contains]=WORLD', ['Hello world']],
    ['filter[title][startsWith]=hello', ['hello again', 'Hello world']],
    ['filter[title][endsWith]=AGAIN', ['hello again']],
    ['filter[title][in]=Welcome,hello again', ['hello again', 'Welcome']],
    ['filter[price][nin]=1,2', ['hello again']],
    ['filter[price][gt]=1', ['Hello world']],
    ['filter[price][gte]=1', ['Hello world', 'Welcome']],
    ['filter[price][lt]=2', ['Welcome']],
    ['filter[price][lte]=2', ['Hello world', 'Welcome']],
    ['filter[price][exists]=false', ['hello again']],
  ])('%s', async (filter, expected) => {
    expect(titles((await asked(`${filter}&sort=title`)).body, 'data')).toEqual(expected);
  });

  it('sorts by several fields', async () => {
    expect(titles((await asked('sort=title,-createdAt')).body, 'data')).toEqual([
      'hello again',
      'Hello world',
      'Welcome',
    ]);
    expect(titles((await asked('sort=-featured,title')).body, 'data')).toEqual([
      'hello again',
      'Welcome',
      'Hello world',
    ]);
  });

  it('refuses in its own format, with the field as the key', async () => {
    const { status, body } = await asked('filter[price][over]=1');
    expect(status).toBe(400);
    expect(body['error']).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { price: expect.stringContaining('"over"') },
    });
    expect((await asked('filter=price=1')).status).toBe(400);
    expect((await asked('price=1')).status).toBe(400);
  });
});

describe('S4, List Records', () => {
  const records = '/api/v1/collections/articles/records';
  const found = async (query: string) => {
    const { body } = await server.ask('GET', `${records}?${query}`);
    return [titles(body, 'items'), body['total']];
  };

  it('filters by an expression', async () => {
    expect(await found('page=1&per_page=20&sort=-created&filter=active=true')).toEqual([
      ['hello again', 'Welcome'],
      2,
    ]);
    expect(await found('filter=status=published&&featured=true')).toEqual([['Welcome'], 1]);
    expect(await found('filter=status=published')).toEqual([['Hello world', 'Welcome'], 2]);
    expect(
      await found('sort=created&filter=(price>1||featured=true)&per_page=1&skipTotal=true'),
    ).toEqual([['Welcome'], null]);
  });

  it('says which character it does not understand', async () => {
    const { status, body } = await server.ask('GET', `${records}?filter=active==true`);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 'INVALID_INPUT',
      detail: expect.stringContaining('At character 8'),
    });
  });
});
