import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, rootKey, startTestServer, type TestServer } from './harness.ts';
import { replay } from './replay-printed.ts';

/** Document S3 (Zucms, "RESTful API"), "List entries": its parameters, its example and the notes, as printed. */
let server: TestServer;
const entries = '/api/models/articles/entries';
const send = (printed: string) => replay(server, printed);

beforeAll(async () => {
  server = await startTestServer();
  const make = async (path: string, body: object) => {
    const reply = await server.ask('POST', path, { body });
    expect(reply.status, reply.text).toBe(201);
    return reply.body;
  };
  await make('/api/v1/collections', { name: 'authors', fields: [{ name: 'name', type: 'text' }] });
  await make('/api/v1/collections', {
    name: 'articles',
    fields: [
      { name: 'title', type: 'text' },
      { name: 'body', type: 'editor' },
      { name: 'status', type: 'select', options: { values: ['draft', 'published'] } },
      { name: 'author', type: 'relation', options: { collection: 'authors' } },
      { name: 'price', type: 'number' },
      { name: 'extra', type: 'json' },
    ],
  });
  const jane = await make('/api/models/authors/entries', { data: { name: 'Jane Doe' } });
  const author = jane['data']?.['id'];
  for (const data of [
    { title: 'Hello draft', status: 'draft', author },
    { title: 'Unrelated', status: 'published', author, price: 1 },
    { title: 'Hello world', body: '<p>Hi</p>', status: 'published', author, price: 2 },
  ])
    await make(entries, { data });
});
afterAll(() => server.close());

const titles = (body: Json) =>
  (body['data'] as unknown as { data: { title: string } }[]).map(({ data }) => data.title);
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const tenantId = expect.stringMatching(/^proj_/);
/** The document's entry; status and version come on top of it. */
const entryOf = (modelKey: string, data: object) => ({
  id: expect.any(String),
  tenantId,
  modelKey,
  status: 'published',
  version: 1,
  data,
  createdAt: moment,
  updatedAt: moment,
});

describe('Base URL and Authentication', () => {
  it('lists with the defaults of the document', async () => {
    const { status, body } = await send(`GET /api/models/articles/entries`);
    expect(status).toBe(200);
    expect(titles(body)).toEqual(['Hello world', 'Unrelated', 'Hello draft']);
    expect(body['meta']).toEqual({
      tenantId,
      modelKey: 'articles',
      page: 1,
      pageSize: 25,
      total: 3,
      totalPages: 1,
      sort: [],
      filters: {},
      search: null,
      fields: null,
      include: [],
    });
    expect((await server.ask('GET', `${entries}?pageSize=100`)).status).toBe(200);
    expect((await server.ask('GET', `${entries}?pageSize=101`)).status).toBe(400);
  });

  it.each(['Authorization: Bearer <api-key>', 'x-api-key: <api-key>'])('%s', async (header) => {
    const printed = `GET /api/models/articles/entries\n${header}`;
    expect((await replay(server, printed, { names: { '<api-key>': rootKey } })).status).toBe(200);
    expect((await replay(server, printed)).status).toBe(401);
  });
});

describe('Example request', () => {
  it('gets the example response', async () => {
    const { status, body } = await send(
      `GET /api/models/articles/entries?page=1&pageSize=10&sort=-createdAt&search=hello&fields=title,status,author&include=author&filter[status][eq]=published`,
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      data: [
        entryOf('articles', {
          title: 'Hello world',
          status: 'published',
          author: entryOf('authors', { name: 'Jane Doe' }),
        }),
      ],
      meta: {
        tenantId,
        modelKey: 'articles',
        page: 1,
        pageSize: 10,
        total: 1,
        totalPages: 1,
        sort: ['-createdAt'],
        filters: { status: { eq: 'published' } },
        search: 'hello',
        fields: ['title', 'status', 'author'],
        include: ['author'],
      },
    });
  });
});

describe('Supported query parameters', () => {
  const found = async (query: string) => titles((await send(`GET ${entries}?${query}`)).body);

  it('sort', async () => {
    expect(await found('sort=title,-createdAt')).toEqual([
      'Hello draft',
      'Hello world',
      'Unrelated',
    ]);
    expect(await found('sort=-status,title')).toEqual(['Hello world', 'Unrelated', 'Hello draft']);
  });

  it('page and pageSize', async () => {
    expect(await found('page=2&pageSize=2&sort=title,-createdAt')).toEqual(['Unrelated']);
    expect(await found('page=3&pageSize=2')).toEqual([]);
  });

  it('search looks across the whole of data', async () => {
    const words = { data: { title: 'By its extra', extra: { words: ['hello'] } } };
    const made = await server.ask('POST', entries, { body: words });
    expect(await found('search=hello&sort=title')).toEqual([
      'By its extra',
      'Hello draft',
      'Hello world',
    ]);
    await server.ask('DELETE', `${entries}/${made.body['data']?.['id']}`);
  });

  it.each<[string, string[]]>([
    ['filter[status][eq]=published', ['Hello world', 'Unrelated']],
    ['filter[status][ne]=published', ['Hello draft']],
    ['filter[title][contains]=WORLD', ['Hello world']],
    ['filter[title][startsWith]=hello', ['Hello draft', 'Hello world']],
    ['filter[title][endsWith]=DRAFT', ['Hello draft']],
    ['filter[title][in]=Unrelated,Hello draft', ['Hello draft', 'Unrelated']],
    ['filter[price][nin]=1,2', ['Hello draft']],
    ['filter[price][gt]=1', ['Hello world']],
    ['filter[price][gte]=1', ['Hello world', 'Unrelated']],
    ['filter[price][lt]=2', ['Unrelated']],
    ['filter[price][lte]=2', ['Hello world', 'Unrelated']],
    ['filter[price][exists]=false', ['Hello draft']],
  ])('%s', async (filter, expected) => {
    expect(await found(`${filter.replaceAll(' ', '%20')}&sort=title`)).toEqual(expected);
  });

  it('refuses other operators and other spellings, with the field as the key', async () => {
    const { status, body } = await server.ask('GET', `${entries}?filter[price][over]=1`);
    expect(status).toBe(400);
    expect(body['error']).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { price: expect.stringContaining('"over"') },
    });
    expect((await server.ask('GET', `${entries}?filter=price=1`)).status).toBe(400);
    expect((await server.ask('GET', `${entries}?price=1`)).status).toBe(400);
  });
});

describe('Notes', () => {
  it('returns only the selected keys of data, and included relations on top', async () => {
    const { body } = await send(`GET ${entries}?fields=title&include=author`);
    expect(Object.keys(body['data']?.[0]?.['data'] ?? {})).toEqual(['title', 'author']);
    expect(body['meta']).toMatchObject({ fields: ['title', 'author'], include: ['author'] });
    const plain = await send(`GET ${entries}?fields=title`);
    expect(Object.keys(plain.body['data']?.[0]?.['data'] ?? {})).toEqual(['title']);
  });

  it('only includes relation fields that exist on the model', async () => {
    for (const include of ['title', 'nobody']) {
      const { status, body } = await send(`GET ${entries}?include=${include}`);
      expect([status, body['error']]).toEqual([
        400,
        expect.objectContaining({
          code: 'VALIDATION_ERROR',
          details: { include: expect.stringContaining(`"${include}"`) },
        }),
      ]);
    }
  });
});
