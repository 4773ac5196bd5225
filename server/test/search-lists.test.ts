import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** `search=` on lists: which fields it looks into, for whom, and what counts as the same word. */
let server: TestServer;
const entries = '/api/v1/collections/posts/entries';

beforeAll(async () => {
  server = await startTestServer();
  const made = await server.ask('POST', '/api/v1/collections', {
    body: {
      name: 'posts',
      rules: { list: '', view: '' },
      fields: [
        { name: 'title', type: 'text' },
        { name: 'content', type: 'editor' },
        { name: 'contact', type: 'email' },
        { name: 'link', type: 'url' },
        { name: 'slug', type: 'slug' },
        { name: 'price', type: 'number' },
        { name: 'kind', type: 'select', options: { values: ['recipe', 'essay'] } },
        { name: 'notes', type: 'text', hidden: true },
        { name: 'remark', type: 'text', rules: { read: '@request.auth.id != ""' } },
        { name: 'meta', type: 'json' },
        { name: 'seo', type: 'component', options: { fields: [{ name: 'about', type: 'text' }] } },
        {
          name: 'secretive',
          type: 'component',
          options: {
            fields: [
              { name: 'shown', type: 'text' },
              { name: 'covert', type: 'text', hidden: true },
            ],
          },
        },
      ],
    },
  });
  expect(made.status, made.text).toBe(201);
  const rows = [
    { title: 'Crème brûlée', content: '<p>Burn the <b>sugar</b></p>', kind: 'recipe', price: 12.5 },
    { title: 'On sugar', content: 'A history of cane', contact: 'jane.doe@example.com' },
    { title: 'Hello world', link: 'https://fastcms.io/docs/search', slug: 'hello-brave-new-world' },
    { title: 'Hidden things', notes: 'xylophone', remark: 'zither', meta: { deep: ['gamelan'] } },
    {
      title: 'Parts',
      seo: { about: 'marimba' },
      secretive: { shown: 'celesta', covert: 'ocarina' },
    },
    { title: 'ÅNGSTRÖM und Straße', content: 'Москва Ёлка 東京 ١٢٣' },
  ];
  for (const body of rows) {
    const created = await server.ask('POST', entries, { body: { data: body } });
    expect(created.status, created.text).toBe(201);
  }
});
afterAll(() => server.close());

async function found(search: string, path = entries, key?: null): Promise<string[]> {
  const url = `${path}${path.includes('?') ? '&' : '?'}search=${encodeURIComponent(search)}`;
  const reply = await server.ask('GET', url, key === undefined ? {} : { key });
  expect(reply.status, reply.text).toBe(200);
  const items = (reply.body['items'] ?? reply.body['data']) as unknown as {
    data: { title: string };
  }[];
  return items.map(({ data }) => data.title);
}

describe('words', () => {
  it.each([
    ['sugar', ['On sugar', 'Crème brûlée']],
    ['SUGAR', ['On sugar', 'Crème brûlée']],
    ['creme brulee', ['Crème brûlée']],
    ['CRÈME', ['Crème brûlée']],
    ['angstrom', ['ÅNGSTRÖM und Straße']],
    ['strasse', ['ÅNGSTRÖM und Straße']],
    ['москва', ['ÅNGSTRÖM und Straße']],
    ['東京', ['ÅNGSTRÖM und Straße']],
    ['sugar cane', ['On sugar']],
    ['cane sugar', ['On sugar']],
    ['sug', ['On sugar', 'Crème brûlée']],
    ['sug cane', []],
    ['burn sugar', ['Crème brûlée']],
    ['"the sugar"', ['Crème brûlée']],
    ['"sugar the"', []],
    ['"history of cane"', ['On sugar']],
    ['"history cane"', []],
    ['sugar -cane', ['Crème brûlée']],
    ['sugar -"the sugar"', ['On sugar']],
    ['jane', ['On sugar']],
    ['jane.doe@example.com', ['On sugar']],
    ['example.com', ['On sugar']],
    ['fastcms', ['Hello world']],
    ['fastcms.io', ['Hello world']],
    ['https://fastcms.io/docs', ['Hello world']],
    ['brave-new', ['Hello world']],
    ['hello brave', ['Hello world']],
    ['marimba', ['Parts']],
    ['p', ['Parts']],
    ['!!!', []],
    ['-', []],
    ['"', []],
    ["'sugar' | cane & !(:*", ['On sugar']],
  ])('%s', async (search, titles) => {
    expect(await found(search)).toEqual(titles);
  });

  it('what has no wanted word is all but what is unwanted', async () => {
    expect(await found('-sugar')).toHaveLength(4);
  });

  it('b in a tag is no word', async () => {
    expect(await found('"the b sugar"')).toEqual([]);
    expect(await found('b -brulee -brave')).toEqual([]);
  });
});

describe('which fields', () => {
  it('texts alone, but every value in models', async () => {
    for (const search of ['recipe', '12.5', 'gamelan']) expect(await found(search)).toEqual([]);
    const models = '/api/models/posts/entries';
    expect(await found('recipe', models)).toEqual(['Crème brûlée']);
    expect(await found('12.5', models)).toEqual(['Crème brûlée']);
    expect(await found('gamelan', models)).toEqual(['Hidden things']);
    expect(await found('creme recipe', models)).toEqual(['Crème brûlée']);
  });

  it('never what the reader may not see', async () => {
    expect(await found('xylophone')).toEqual(['Hidden things']);
    expect(await found('zither')).toEqual(['Hidden things']);
    expect(await found('ocarina')).toEqual(['Parts']);
    for (const path of [entries, '/api/models/posts/entries'])
      for (const search of ['xylophone', 'zither', 'ocarina', 'hidden zither'])
        expect(await found(search, path, null)).toEqual([]);
    expect(await found('marimba', entries, null)).toEqual(['Parts']);
  });

  it('what is hidden excludes nothing either', async () => {
    expect(await found('hidden -xylophone', entries, null)).toEqual(['Hidden things']);
    expect(await found('hidden -xylophone')).toEqual([]);
  });
});

describe('with the rest of a list', () => {
  it('is one condition beside the filter, and keeps the order', async () => {
    expect(await found('sugar', `${entries}?filter=kind=recipe`)).toEqual(['Crème brûlée']);
    expect(await found('sugar', `${entries}?kind=recipe`)).toEqual(['Crème brûlée']);
    expect(await found('sugar', `${entries}?sort=title`)).toEqual(['Crème brûlée', 'On sugar']);
  });

  it('is counted, and a cursor belongs to it', async () => {
    const first = await server.ask('GET', `${entries}?search=sugar&limit=1`);
    expect(first.body['total']).toBe(2);
    const cursor = String(first.body['next_cursor']);
    const next = await server.ask('GET', `${entries}?search=sugar&limit=1&cursor=${cursor}`);
    expect(next.body['items']?.[0]?.['data']?.['title']).toBe('Crème brûlée');
    const other = await server.ask('GET', `${entries}?search=cane&limit=1&cursor=${cursor}`);
    expect(other.status).toBe(400);
  });

  it.each(['x'.repeat(301), 'a b '.repeat(17), 'a%00', ''])('refuses %s', async (search) => {
    const reply = await server.ask('GET', `${entries}?search=${search}`);
    expect(reply.status).toBe(400);
    expect(reply.body['error']?.['details']?.[0]?.['field']).toBe('search');
  });

  it('models say again what was searched', async () => {
    const reply = await server.ask('GET', '/api/models/posts/entries?search=sugar');
    expect(reply.body['meta']?.['search']).toBe('sugar');
  });
});

it('an entry with more words than an index takes is stored, and found by its first ones', async () => {
  const content = Array.from({ length: 300_000 }, (_, n) => `w${n.toString(36)}`).join(' ');
  const made = await server.ask('POST', entries, { body: { data: { title: 'Huge', content } } });
  expect(made.status, made.text).toBe(201);
  expect(await found('huge w7')).toEqual(['Huge']);
});
