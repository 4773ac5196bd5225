import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { fillLibrary, type Library } from './library.ts';

/** `fields`: what is left of data, through every door. */
let server: TestServer;
let library: Library;
beforeAll(async () => {
  server = await startTestServer();
  library = await fillLibrary(server);
});
afterAll(() => server.close());

const posts = '/api/v1/collections/posts/entries';
const doors = [
  [posts, 'items', 'include'],
  ['/api/v1/collections/posts/records', 'items', 'expand'],
  ['/api/models/posts/entries', 'data', 'include'],
] as const;

describe.each(doors)('%s', (path, items, include) => {
  const dataOf = async (query: string, key?: null) => {
    const list = await server.ask(
      'GET',
      `${path}?sort=title&${query}`,
      key === null ? { key } : {},
    );
    const one = await server.ask(
      'GET',
      `${path}/${library.posts[0]}?${query}`,
      key === null ? { key } : {},
    );
    expect([list.status, one.status], list.text + one.text).toEqual([200, 200]);
    const first = (list.body[items] as unknown as { data: unknown }[])[0]?.data;
    const alone = items === 'data' ? one.body['data']?.['data'] : one.body['data'];
    expect(alone).toEqual(first);
    return first;
  };

  it('shows the fields that are named, and no other', async () => {
    expect(await dataOf('fields=title')).toEqual({ title: 'post 0' });
    expect(await dataOf('fields=title,secret,note')).toEqual({
      title: 'post 0',
      secret: 'hidden',
      note: expect.stringMatching(/^ent_/),
    });
  });

  it('takes system fields, which stand beside data anyway', async () => {
    expect(await dataOf('fields=id,title,sys.status')).toEqual({ title: 'post 0' });
  });

  it('shows included relations whether they are named or not', async () => {
    expect(Object.keys((await dataOf(`fields=title&${include}=author`)) as object)).toEqual([
      'title',
      'author',
    ]);
  });

  it('names the field that there is not, or not for the caller', async () => {
    for (const [query, key, name] of [
      ['fields=nothing', undefined, 'nothing'],
      ['fields=title,author.name', undefined, 'author'],
      ['fields=title,secret', null, 'secret'],
      [`fields=author.nothing&${include}=author`, undefined, 'nothing'],
    ] as const) {
      const { status, body } = await server.ask(
        'GET',
        `${path}?${query}`,
        key === null ? { key } : {},
      );
      expect([status, body['error']?.['message']]).toEqual([
        400,
        expect.stringContaining(`"${name}"`),
      ]);
    }
    expect(await dataOf('fields=title', null)).toEqual({ title: 'post 0' });
  });
});

it('chooses inside included entries', async () => {
  const { body } = await server.ask(
    'GET',
    `${posts}?sort=title&include=author.company&fields=title,author.name`,
  );
  const [first] = body['items'] as unknown as { data: { author: { data: object } } }[];
  expect(Object.keys(first?.data ?? {})).toEqual(['title', 'author']);
  expect(first?.data.author.data).toEqual({
    name: 'Jane',
    company: expect.objectContaining({ collection: 'companies' }),
  });
});

it('takes the parameter repeated', async () => {
  const { body } = await server.ask('GET', `${posts}?sort=title&fields=title,secret&fields=note`);
  expect(Object.keys(body['items']?.[0]?.['data'] ?? {})).toEqual(['title', 'secret', 'note']);
});

it.each(['fields=', 'fields[a]=b', 'fields=title,', 'fields=.title', 'fields=%00'])(
  'refuses %s',
  async (query) => {
    expect((await server.ask('GET', `${posts}?${query}`)).status).toBe(400);
  },
);
