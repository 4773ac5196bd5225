import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** Document S3 (Zucms, "RESTful API"): the example request of "List entries" and the notes below it. */
let server: TestServer;
const entries = '/api/models/articles/entries';

beforeAll(async () => {
  server = await startTestServer();
  const send = async (path: string, body: object) => {
    const reply = await server.ask('POST', path, { body });
    expect(reply.status, reply.text).toBe(201);
    return reply.body;
  };
  await send('/api/v1/collections', { name: 'authors', fields: [{ name: 'name', type: 'text' }] });
  await send('/api/v1/collections', {
    name: 'articles',
    fields: [
      { name: 'title', type: 'text' },
      { name: 'body', type: 'editor' },
      { name: 'author', type: 'relation', options: { collection: 'authors' } },
      { name: 'status', type: 'select', options: { values: ['draft', 'published'] } },
    ],
  });
  const jane = await send('/api/models/authors/entries', { data: { name: 'Jane Doe' } });
  const author = jane['data']?.['id'];
  await send(entries, { data: { title: 'Draft', status: 'draft', author } });
  await send(entries, {
    data: { title: 'Hello world', body: '<p>Hi</p>', status: 'published', author },
  });
});
afterAll(() => server.close());

const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const shown = (modelKey: string, data: object) =>
  expect.objectContaining({
    id: expect.any(String),
    tenantId: expect.any(String),
    modelKey,
    data,
    createdAt: moment,
    updatedAt: moment,
  });

it('replies to the example request as it is shown', async () => {
  const { status, body } = await server.ask(
    'GET',
    `${entries}?page=1&pageSize=10&sort=-createdAt&fields=title,status,author&include=author&filter[status][eq]=published`,
  );
  expect(status).toBe(200);
  expect(body).toEqual({
    data: [
      shown('articles', {
        title: 'Hello world',
        status: 'published',
        author: shown('authors', { name: 'Jane Doe' }),
      }),
    ],
    meta: {
      tenantId: expect.any(String),
      modelKey: 'articles',
      page: 1,
      pageSize: 10,
      total: 1,
      totalPages: 1,
      sort: ['-createdAt'],
      filters: { status: { eq: 'published' } },
      search: null,
      fields: ['title', 'status', 'author'],
      include: ['author'],
    },
  });
});

it('adds included relation fields to the projection, and says so', async () => {
  const { body } = await server.ask('GET', `${entries}?fields=title&include=author`);
  expect(Object.keys(body['data']?.[0]?.['data'] ?? {})).toEqual(['title', 'author']);
  expect(body['meta']).toMatchObject({ fields: ['title', 'author'], include: ['author'] });
});

it('only includes relation fields that exist on the model', async () => {
  for (const include of ['title', 'nobody']) {
    const { status, body } = await server.ask('GET', `${entries}?include=${include}`);
    expect([status, body['error']]).toEqual([
      400,
      expect.objectContaining({
        code: 'VALIDATION_ERROR',
        details: { include: expect.stringContaining(`"${include}"`) },
      }),
    ]);
  }
});
