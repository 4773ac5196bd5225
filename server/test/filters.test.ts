import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reply, startTestServer, type TestServer } from './harness.ts';

/** Filters of lists in every spelling: what they match, and how a wrong one is refused. */
let server: TestServer;
const entries = '/api/v1/collections/posts/entries';

const posts = [
  {
    title: 'Welcome',
    price: 10,
    live: true,
    day: '2024-01-31',
    tags: ['red', 'blue'],
    place: { lat: 52.52, lng: 13.405 },
    limit: 1,
  },
  {
    title: 'welcome back',
    price: 20,
    live: false,
    tags: ['green'],
    place: { lat: 48.137, lng: 11.575 },
    status: 'open',
  },
  { title: '50%, they said', price: -1.5, day: '2025-06-01', secret: 'x' },
  { price: null, tags: [] },
];

beforeAll(async () => {
  server = await startTestServer();
  const author = {
    name: 'authors',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'mail', type: 'email', hidden: true },
    ],
  };
  await server.ask('POST', '/api/v1/collections', { body: author });
  await server.ask('POST', '/api/v1/collections', {
    body: {
      name: 'posts',
      rules: { list: '' },
      fields: [
        { name: 'title', type: 'text', indexed: true },
        { name: 'price', type: 'number', indexed: true },
        { name: 'live', type: 'bool' },
        { name: 'day', type: 'date' },
        {
          name: 'tags',
          type: 'select',
          options: { values: ['red', 'green', 'blue'], multiple: true },
        },
        { name: 'place', type: 'geo_point' },
        { name: 'status', type: 'text' },
        { name: 'limit', type: 'number' },
        { name: 'secret', type: 'text', hidden: true },
        { name: 'author', type: 'relation', options: { collection: 'authors' } },
      ],
    },
  });
  const ann = await server.ask('POST', '/api/v1/collections/authors/entries', {
    body: { name: 'Ann', mail: 'a@b.co' },
  });
  for (const [index, post] of posts.entries()) {
    const data = index === 0 ? { ...post, author: ann.body['id'] } : post;
    const made = await server.ask('POST', entries, {
      body: { data, status: index === 2 ? 'draft' : 'published' },
    });
    expect(made.status).toBe(201);
  }
});
afterAll(() => server.close());

const found = ({ body, text }: Reply): number[] => {
  if (!body['items']) throw new Error(text);
  const items = body['items'] as unknown as { data: { price: number | null } }[];
  return items.map(({ data }) => [10, 20, -1.5, null].indexOf(data.price ?? null) + 1).toSorted();
};
const list = (query: string) => server.ask('GET', `${entries}?${query}`);
const byTrpc = (filter: unknown, more = {}) => {
  const input = encodeURIComponent(JSON.stringify({ collection: 'posts', filter, ...more }));
  return server.ask('GET', `/trpc/entries.list?input=${input}`);
};

it.each<[string, number[]]>([
  ['title=Welcome', [1]],
  ['title=welcome', []],
  ['title=Welcome&price[gt]=5', [1]],
  ['created_at[gt]=2023-01-01', [1, 2, 3, 4]],
  ['created_at[gt]=@tomorrow', []],
  ['sys.created_at[lte]=@now&title[exists]=false', [4]],
  ['price=10&price=20', [1, 2]],
  ['filter[price][in]=10,20', [1, 2]],
  ['filter[price][in]=10&filter[price][in]=20', [1, 2]],
  ['filter[price][nin]=10,20', [3, 4]],
  ['filter[price][ne]=10', [2, 3, 4]],
  ['filter[price][eq]=null', [4]],
  ['filter[price][in]=10,null', [1, 4]],
  ['filter[title][eq]=null', []],
  ['filter[title][contains]=WELC', [1, 2]],
  ['filter[title][contains]=%25', [3]],
  ['filter[title][startsWith]=WEL', [1, 2]],
  ['filter[title][endsWith]=BACK', [2]],
  ['filter[title][gte]=welcome', [1, 2]],
  ['filter[day][lt]=2025-01-01', [1]],
  ['filter[live][eq]=true', [1]],
  ['filter[live][ne]=true', [2, 3, 4]],
  ['filter[tags][has]=red', [1]],
  ['filter[tags][any]=red,green', [1, 2]],
  ['filter[tags][exists]=true', [1, 2, 4]],
  ['filter[place][near]=52.5,13.4,5000', [1]],
  ['filter[place][near]=52.5,13.4,600000', [1, 2]],
  ['filter[place][exists]=false', [3, 4]],
  ['filter[author.name][eq]=Ann', [1]],
  ['author.name=Ann', [1]],
  ['filter[author.name][ne]=Ann', [2, 3, 4]],
  ['status=open', [2]],
  ['sys.status=draft', [3]],
  ['filter[limit][eq]=1', [1]],
  ['filter[secret][eq]=x', [3]],
  ['filter=price>5&&live=true', [1]],
  ['filter=price>5%26%26live=true', [1]],
  ['filter=!(price=10||price=20)', [3, 4]],
  ['filter=price>5&title[startsWith]=welcome', [1, 2]],
  ['filter[_or][0][price]=10&filter[_or][1][live]=false', [1, 2]],
  ['filter[_not][price][gt]=0', [3, 4]],
])('%s', async (query, expected) => {
  expect(found(await list(query))).toEqual(expected);
});

it('takes the same as JSON over tRPC, typed or as text', async () => {
  const asked = async (filter: unknown) => {
    const { body } = await byTrpc(filter, { sort: 'id' });
    return (body as never as { result: { data: { total: number } } }).result.data.total;
  };
  expect(await asked({ price: { gt: 5 }, live: true })).toBe(1);
  expect(await asked({ price: { gt: '5' } })).toBe(2);
  expect(await asked({ price: null })).toBe(1);
  expect(await asked({ price: [10, null] })).toBe(2);
  expect(await asked({ title: { in: ['50%, they said'] } })).toBe(1);
  expect(
    await asked({ _or: [{ price: 10 }, 'live = false', { _not: { _and: [{ price: 1 }, {}] } }] }),
  ).toBe(4);
  expect(await asked('price > 5 && live = true')).toBe(1);
  expect(await asked({ _and: [] })).toBe(4);
  expect(await asked({ _or: [] })).toBe(0);
});

describe('refusals', () => {
  it.each<[string, string, string]>([
    ['nonsense=1', 'nonsense', 'There is no field "nonsense" in "posts".'],
    [
      'price[gt]=cheap',
      'price',
      '"price" is a number; use a number without quotes instead of "cheap".',
    ],
    ['price[above]=1', 'price', 'There is no operator "above"'],
    ['price[gt][x]=1', 'price', '"gt" takes a text'],
    ['live[gt]=true', 'live', '"live" is true or false, which has no order'],
    ['place=1', 'place', '"place" is a place; use near'],
    ['price[near]=1,2,3', 'price', '"price" is a number, no place.'],
    ['place[near]=91,0,1', 'place', 'Near takes a latitude'],
    ['tags[gt]=red', 'tags', '"tags" is a list'],
    ['title[exists]=maybe', 'title', '"exists" takes true or false.'],
    ['day=2024-02-30', 'day', '"day" is a date'],
    ['filter[author.nam][eq]=x', 'author.nam', 'There is no field "nam" in "authors".'],
    ['filter[_or]=1', '_or', '"_or" takes a list.'],
    ['filter[_or][0][nope]=1', '_or.0.nope', 'There is no field "nope"'],
    ['filter=price>>1', 'filter', 'At character 7: expected a value'],
    ['filter=live=true%26%26nope=1', 'filter', 'At character 12: there is no field "nope"'],
    ['title=x&filter=price>', 'filter', 'At character 7: '],
    ['price[gt]=null', 'price', 'Null has no order'],
    [
      `price[in]=${Array.from({ length: 101 }, (_, i) => i).join()}`,
      'price',
      '"in" takes at most 100 values.',
    ],
    ['title=%00', 'title', 'holds characters that cannot be stored'],
    ['filter=x&filter=y', 'filter', ''],
    ['filter=', 'filter', ''],
  ])('%s', async (query, field, message) => {
    const reply = await list(query);
    expect([reply.status, reply.body['error']?.['code']]).toEqual([400, 'INVALID_INPUT']);
    const [detail] = (reply.body['error']?.['details'] ?? []) as never as {
      field: string;
      message: string;
    }[];
    expect(detail?.field).toBe(field);
    expect(detail?.message).toContain(message);
  });

  it('says its limits', async () => {
    const deep = JSON.parse(`${'{"_not":'.repeat(40)}{}${'}'.repeat(40)}`) as object;
    const many = { _or: Array.from({ length: 60 }, () => ({ price: { gt: 1, lt: 2 } })) };
    const parts = `${'price=1||'.repeat(80)}price=1`;
    expect((await byTrpc(deep)).text).toContain('nest at most 32');
    expect((await byTrpc(many)).text).toContain('at most 100 comparisons');
    expect((await byTrpc(parts)).text).toContain('more than 200 parts');
  });

  it('has no hidden field for who may not see it, as if there were none', async () => {
    for (const query of [
      'secret=x',
      'filter=secret=x',
      'filter[secret][exists]=true',
      'sort=secret',
    ]) {
      const reply = await server.ask('GET', `${entries}?${query}`, { key: null });
      expect(reply.status).toBe(400);
      const unknown = await server.ask('GET', `${entries}?${query.replace('secret', 'secres')}`, {
        key: null,
      });
      expect(reply.text.replaceAll(/req\w+|secret/g, '')).toBe(
        unknown.text.replaceAll(/req\w+|secres/g, ''),
      );
    }
  });

  it('looks only into collections that a list would show', async () => {
    for (const query of ['author.name=Ann', 'sort=author.name']) {
      const closed = await server.ask('GET', `${entries}?${query}`, { key: null });
      expect(closed.status).toBe(400);
      expect(closed.text).toContain('not open to you');
    }
    const open = (list_rule: string) =>
      server.ask('PATCH', '/api/v1/collections/authors', { body: { list_rule } });
    const asNobody = async (name: string) =>
      found(
        await server.ask('GET', `${entries}?author.name=${name}&sort=author.name`, { key: null }),
      );
    await open('name = "Bob"');
    expect(await asNobody('Ann')).toEqual([]);
    await open('name = "Ann" && @request.method = "GET"');
    expect(await asNobody('Ann')).toEqual([1]);
    await open('');
    expect(await asNobody('Ann')).toEqual([1]);
    expect((await server.ask('GET', `${entries}?author.mail=a@b.co`, { key: null })).status).toBe(
      400,
    );
  });
});

it('shows the public only what is published, whatever it filters', async () => {
  const all = await server.ask('GET', `${entries}?filter=price<0||price>0`, { key: null });
  expect(found(all)).toEqual([1, 2]);
  expect(all.body['total']).toBe(2);
});

it('does nothing for who tries to leave the parameter', async () => {
  const nasty = ["' or 1=1 --", '"; drop table entries; --', "\\'; select 1", '$1', '${x}', '%27'];
  for (const text of nasty.map(encodeURIComponent)) {
    expect(found(await list(`title=${text}`))).toEqual([]);
    for (const query of [
      `${text}=1`,
      `filter[${text}][eq]=1`,
      `sort=${text}`,
      `sort=title:${text}`,
      `filter[title][${text}]=1`,
    ])
      expect((await list(query)).status).toBe(400);
  }
  expect(found(await list(''))).toEqual([1, 2, 3, 4]);
});
