import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reply, startTestServer, type TestServer } from './harness.ts';
import { statementsOf } from './statements.ts';
import { sendFile } from './transfers.fixture.ts';

/** Files that name related entries by their own fields, and so move between projects and instances. */
let here: TestServer;
let there: TestServer;
beforeAll(async () => {
  [here, there] = await Promise.all([startTestServer(), startTestServer()]);
  for (const server of [here, there]) await prepare(server);
});
afterAll(() => Promise.all([here.close(), there.close()]));

const post = async (server: TestServer, path: string, body: unknown): Promise<Reply> => {
  const reply = await server.ask('POST', `/api/v1/collections${path}`, { body });
  expect(reply.status, reply.text).toBe(201);
  return reply;
};

const relation = (name: string, collection: string, multiple = false) => ({
  name,
  type: 'relation',
  options: { collection, multiple },
});

/** Authors by slug, tags by number, posts that refer to both. */
async function prepare(server: TestServer): Promise<void> {
  await post(server, '', {
    name: 'authors',
    rules: { view: 'open = true' },
    fields: [
      { name: 'slug', type: 'slug', unique: true },
      {
        name: 'mail',
        type: 'email',
        unique: true,
        rules: { read: '@request.auth.role = "admin"' },
      },
      { name: 'open', type: 'bool' },
    ],
  });
  await post(server, '', {
    name: 'tags',
    fields: [
      { name: 'slug', type: 'text', unique: true },
      { name: 'number', type: 'integer', unique: true },
    ],
  });
  await post(server, '', {
    name: 'posts',
    rules: { list: '' },
    fields: [
      { name: 'title', type: 'text' },
      relation('author', 'authors'),
      relation('friends', 'authors', true),
      relation('tag', 'tags'),
      relation('tags', 'tags', true),
    ],
  });
  // Ids differ from one instance to the other.
  const slugs = server === here ? ['ada', 'bob'] : ['bob', 'ada'];
  for (const slug of slugs)
    await post(server, '/authors/entries', {
      slug,
      mail: `${slug}@x.de`,
      open: slug === 'ada',
    });
  for (const number of server === here ? [1, 2] : [2, 1])
    await post(server, '/tags/entries', { slug: `=tag,${number}`, number });
}

async function idsBy(
  server: TestServer,
  collection: string,
  field: string,
): Promise<Map<unknown, string>> {
  const { body } = await server.ask('GET', `/api/v1/collections/${collection}/entries`);
  const items = body['items'] as unknown as { id: string; data: Record<string, unknown> }[];
  return new Map(items.map(({ id, data }) => [data[field], id]));
}

const postsOf = async (server: TestServer) => {
  const { body } = await server.ask('GET', '/api/v1/collections/posts/entries?sort=title');
  return (body['items'] as unknown as { data: Record<string, unknown> }[]).map(({ data }) => data);
};

const exported = (query: string, key?: string | null) =>
  here.ask(
    'GET',
    `/api/v1/collections/posts/entries/export?${query}`,
    key === undefined ? {} : { key },
  );

describe('relations by keys', () => {
  beforeAll(async () => {
    const [authors, tags] = [
      await idsBy(here, 'authors', 'slug'),
      await idsBy(here, 'tags', 'number'),
    ];
    const [ada, bob] = [authors.get('ada'), authors.get('bob')];
    const [one, two] = [tags.get(1), tags.get(2)];
    await post(here, '/posts/entries/bulk', {
      entries: [
        { title: 'a', author: ada, friends: [bob, ada], tag: two, tags: [] },
        { title: 'b', author: null, friends: null, tag: null, tags: [two, one] },
        { title: 'c', author: bob, friends: [], tag: one, tags: null },
      ],
    });
  });

  it.each([
    ['csv', 'relations=slug', 'tag.slug'],
    ['csv', 'relations=author.slug,friends.mail,tag.number,tags.number', 'tag.number'],
    ['ndjson', 'relations=slug,tag.number', 'tag.number'],
  ])('make a round trip to another instance as %s by %s', async (format, query, name) => {
    const file = await exported(`format=${format}&${query}`);
    expect(file.status, file.text).toBe(200);
    expect(file.text).toContain(name);
    // Behind the entry's own id, and what is the system's, there is none.
    for (const line of file.text.trim().split(/\r?\n/))
      expect(
        line.slice(format === 'csv' ? line.indexOf(',') : line.indexOf('"data"')),
      ).not.toContain('ent_');
    const ids = [...(await idsBy(there, 'posts', 'title')).values()];
    const path = '/api/v1/collections/posts/entries/bulk';
    if (ids.length > 0)
      expect((await there.ask('DELETE', path, { body: { entry_ids: ids } })).status).toBe(200);
    const sent = await sendFile(there, `posts/entries/import?format=${format}`, file.text);
    expect(sent.body).toMatchObject({ imported: 3, errors: null });
    const maps = async (server: TestServer) => {
      const authors = await idsBy(server, 'authors', 'slug');
      const tags = await idsBy(server, 'tags', 'number');
      return new Map([...authors, ...tags].map(([key, id]) => [id, key]));
    };
    const said = async (server: TestServer) => {
      const names = await maps(server);
      const nameOf = (value: unknown): unknown =>
        Array.isArray(value) ? value.map(nameOf) : (names.get(String(value)) ?? value);
      return (await postsOf(server)).map((data) =>
        Object.fromEntries(Object.entries(data).map(([key, value]) => [key, nameOf(value)])),
      );
    };
    expect(await said(there)).toEqual(await said(here));
  });

  it('say no more than their reader may see: others keep the id', async () => {
    const file = await exported('format=ndjson&relations=author.slug,tag.slug', null);
    const rows = file.text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { data: object }).data);
    const authors = await idsBy(here, 'authors', 'slug');
    expect(rows.map((data) => (data as Record<string, unknown>)['author.slug'])).toEqual([
      'ada',
      null,
      authors.get('bob'),
    ]);
    // Tags are nobody's but the project's.
    expect(rows.map((data) => (data as Record<string, unknown>)['tag.slug'])).toEqual([
      expect.stringMatching(/^ent_/),
      null,
      expect.stringMatching(/^ent_/),
    ]);
    for (const query of ['relations=author.mail', 'relations=mail']) {
      const hidden = await exported(query, null);
      expect([hidden.status, hidden.body['code']]).toEqual([400, 'INVALID_INPUT']);
    }
  });

  it('are refused by what is no unique field', async () => {
    for (const query of ['author.open', 'title.slug', 'nothing', 'author.slug.x', 'author.id'])
      expect((await exported(`relations=${query}`)).body['error']?.['details']).toMatchObject([
        { field: 'relations', code: 'relations' },
      ]);
  });

  it('cost one statement each', async () => {
    const count = async (query: string) =>
      (await statementsOf(here, async () => void (await exported(query)))).length;
    expect(await count('relations=author.slug,tags.slug')).toBe((await count('')) + 2);
  });
});
