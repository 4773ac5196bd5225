import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, type Json, startTestServer, type TestServer } from './harness.ts';
import { statementsOf } from './statements.ts';

/** Numbers about entries: what they are, of which entries, and what is no number. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const collections = [
    { name: 'makers', fields: [{ name: 'name', type: 'text' }], rules: { list: 'name = "Ann"' } },
    {
      name: 'wares',
      fields: [
        { name: 'title', type: 'text' },
        { name: 'kind', type: 'select', options: { values: ['book', 'toy'] } },
        { name: 'price', type: 'number' },
        { name: 'stock', type: 'integer' },
        { name: 'live', type: 'bool' },
        { name: 'made', type: 'date' },
        { name: 'sold', type: 'datetime' },
        { name: 'tags', type: 'select', options: { values: ['a', 'b'], multiple: true } },
        { name: 'meta', type: 'json' },
        { name: 'cost', type: 'number', hidden: true },
        { name: 'maker', type: 'relation', options: { collection: 'makers' } },
      ],
      rules: { list: 'price < 100' },
    },
  ];
  for (const body of collections)
    expect((await server.ask('POST', '/api/v1/collections', { body })).status).toBe(201);
  const makers = await Promise.all(
    ['Ann', 'Bob'].map(async (name) => {
      const made = await server.ask('POST', '/api/v1/collections/makers/entries', {
        body: { name },
      });
      return made.body['id'];
    }),
  );
  const data = [
    {
      title: 'b',
      kind: 'book',
      price: 1.5,
      stock: 2,
      live: true,
      made: '2024-01-31',
      sold: '2024-02-01T00:30:00+01:00',
      maker: makers[0],
    },
    {
      title: 'a',
      kind: 'book',
      price: 2.5,
      stock: 2,
      live: false,
      made: '2024-02-29',
      maker: makers[1],
    },
    {
      title: 'c',
      kind: 'toy',
      price: 500,
      made: '2024-02-01',
      sold: '2024-12-30T12:00:00Z',
      cost: 7,
    },
    { title: 'c', price: null, stock: 9 },
  ];
  const entries = data.map((each) => ({ data: each }));
  const body = { entries };
  expect(
    (await server.ask('POST', '/api/v1/collections/wares/entries/bulk', { body })).status,
  ).toBe(201);
});
afterAll(() => server.close());

const path = '/api/v1/collections/wares/entries/aggregate';
const asked = async (query: string, ask?: Ask) => {
  const { status, body } = await server.ask('GET', `${path}?${query}`, ask);
  expect(status, JSON.stringify(body)).toBe(200);
  return body['items'] as unknown as Json[];
};
const refusal = async (query: string, ask?: Ask) => {
  const { status, body } = await server.ask('GET', `${path}?${query}`, ask);
  expect(status, JSON.stringify(body)).toBe(400);
  return body['error']?.['details'] as unknown as { field: string; message: string }[];
};

describe('what is given', () => {
  it('counts all, unless something else is asked for', async () => {
    expect(await asked('')).toEqual([{ group: {}, count: 4 }]);
    expect(await asked('aggregate[max]=price')).toEqual([{ group: {}, max: { price: 500 } }]);
  });

  it('sums, averages and so on, nulls left out', async () => {
    const numbers = 'aggregate[count]=*&aggregate[sum]=price,stock&aggregate[avg]=stock';
    const others =
      'aggregate[min]=title,made,price&aggregate[max]=sold&aggregate[distinct]=title,stock';
    expect(await asked(`${numbers}&${others}`)).toEqual([
      {
        group: {},
        count: 4,
        sum: { price: 504, stock: 13 },
        avg: { stock: 13 / 3 },
        min: { title: 'a', made: '2024-01-31', price: 1.5 },
        max: { sold: '2024-12-30T12:00:00.000Z' },
        distinct: { title: 3, stock: 2 },
      },
    ]);
  });

  it('groups, in order, nulls as a group of their own and last', async () => {
    expect(await asked('aggregate[sum]=price&group_by=kind')).toEqual([
      { group: { kind: 'book' }, sum: { price: 4 } },
      { group: { kind: 'toy' }, sum: { price: 500 } },
      { group: { kind: null }, sum: { price: null } },
    ]);
    expect(await asked('group_by=live,stock')).toEqual([
      { group: { live: false, stock: 2 }, count: 1 },
      { group: { live: true, stock: 2 }, count: 1 },
      { group: { live: null, stock: 9 }, count: 1 },
      { group: { live: null, stock: null }, count: 1 },
    ]);
    expect(await asked('group_by=maker.name')).toEqual([
      { group: { 'maker.name': 'Ann' }, count: 1 },
      { group: { 'maker.name': 'Bob' }, count: 1 },
      { group: { 'maker.name': null }, count: 2 },
    ]);
  });

  it.each([
    ['made:day', ['2024-01-31', '2024-02-01', '2024-02-29', null]],
    ['made:week', ['2024-01-29', '2024-02-26', null]],
    ['made:month', ['2024-01-01', '2024-02-01', null]],
    ['made:quarter', ['2024-01-01', null]],
    ['made:year', ['2024-01-01', null]],
    ['sold:month', ['2024-01-01', '2024-12-01', null]],
    ['sold:week', ['2024-01-29', '2024-12-30', null]],
    ['sold:hour', ['2024-01-31T23:00:00Z', '2024-12-30T12:00:00Z', null]],
  ])('groups times by %s', async (groupBy, expected) => {
    const items = await asked(`group_by=${groupBy}`);
    expect(items.map(({ group }) => Object.values(group ?? {})[0])).toEqual(expected);
  });

  it('groups by times of the system', async () => {
    const year = new Date().getUTCFullYear();
    expect(await asked('group_by=created_at:year')).toEqual([
      { group: { created_at: `${year}-01-01` }, count: 4 },
    ]);
    const [item] = await asked('aggregate[max]=created_at');
    expect(item?.['max']?.['created_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('chooses groups', async () => {
    expect(await asked('group_by=kind&having[count][gt]=1')).toEqual([
      { group: { kind: 'book' }, count: 2 },
    ]);
    const chosen = 'having[sum][price][gte]=4&having[sum][price][lt]=500';
    expect(await asked(`group_by=kind&aggregate[distinct]=stock&${chosen}`)).toEqual([
      { group: { kind: 'book' }, distinct: { stock: 1 } },
    ]);
  });

  it('filters in all spellings, and by a body', async () => {
    for (const filter of ['kind=book', 'filter[kind][eq]=book', 'filter=kind=book&&price>0'])
      expect(await asked(`aggregate[sum]=price&${filter}`)).toEqual([
        { group: {}, sum: { price: 4 } },
      ]);
    const body = {
      aggregate: { count: '*', sum: ['price', 'stock'] },
      group_by: ['kind'],
      having: { count: { gt: 1 } },
      filter: { price: { lt: 100 } },
    };
    const { status, body: reply } = await server.ask('POST', path, { body });
    expect([status, reply]).toEqual([
      200,
      { items: [{ group: { kind: 'book' }, count: 2, sum: { price: 4, stock: 4 } }] },
    ]);
  });

  it('is one statement', async () => {
    await asked('group_by=kind');
    expect(
      await statementsOf(server, () => asked('group_by=maker.name,made:month&price[gt]=0')),
    ).toHaveLength(1);
  });
});

describe('for whom', () => {
  const nobody = { key: null };

  it('tells of the entries that a list would show, and of fields that may be read', async () => {
    expect(await asked('aggregate[count]=*&aggregate[max]=price', nobody)).toEqual([
      { group: {}, count: 2, max: { price: 2.5 } },
    ]);
    expect(await asked('group_by=maker.name', nobody)).toEqual([
      { group: { 'maker.name': 'Ann' }, count: 1 },
      { group: { 'maker.name': null }, count: 1 },
    ]);
    expect(await asked('aggregate[sum]=cost')).toEqual([{ group: {}, sum: { cost: 7 } }]);
    for (const query of ['aggregate[sum]=cost', 'group_by=cost', 'having[sum][cost][gt]=1']) {
      const [hidden] = await refusal(query, nobody);
      const [missing] = await refusal(query.replace('cost', 'gone'), nobody);
      expect(hidden?.message.replaceAll('cost', 'gone')).toBe(missing?.message);
    }
  });
});

describe('what is refused', () => {
  it.each([
    ['aggregate[sum]=title', 'aggregate.sum', '"title" holds a text'],
    ['aggregate[avg]=live', 'aggregate.avg', '"live"'],
    ['aggregate[max]=tags', 'aggregate.max', '"tags" holds a list'],
    ['aggregate[distinct]=meta', 'aggregate.distinct', '"meta"'],
    ['aggregate[sum]=nothing', 'aggregate.sum', '"nothing"'],
    ['aggregate[count]=price', 'aggregate.count', ''],
    ['aggregate[median]=price', 'aggregate.median', ''],
    ['group_by=nothing', 'group_by', '"nothing"'],
    ['group_by=tags', 'group_by', '"tags"'],
    ['group_by=title:month', 'group_by', 'neither dates nor times'],
    ['group_by=made:hour', 'group_by', 'days alone'],
    ['group_by=made:decade', 'group_by', '"decade"'],
    ['group_by=made:month:x', 'group_by', '"month:x"'],
    ['group_by=made:month,made:year', 'group_by', 'twice'],
    ['group_by=title,kind,price,stock,live,made', 'group_by', 'at most 5'],
    ['having[count][over]=1', 'having.count', '"over"'],
    ['having[count][gt]=many', 'having.count', 'a number'],
    ['having[count]=1', 'having.count', 'brackets'],
    ['having[max][title][gt]=1', 'having.max', 'no number'],
    ['having[median][price][gt]=1', 'having.median', '"median"'],
    ['nothing=1', 'nothing', '"nothing"'],
  ])('%s', async (query, field, words) => {
    const [detail] = await refusal(query);
    expect(detail?.field).toBe(field);
    expect(detail?.message).toContain(words);
  });

  it('is a 422 in a body', async () => {
    const { status, body } = await server.ask('POST', path, { body: { group_by: 'nothing' } });
    expect([status, body['error']?.['code']]).toEqual([422, 'VALIDATION_ERROR']);
    expect(body['error']?.['details']).toEqual([expect.objectContaining({ field: 'group_by' })]);
  });

  it('is more than a thousand groups', async () => {
    const fields = [{ name: 'n', type: 'integer' }];
    await server.ask('POST', '/api/v1/collections', { body: { name: 'numbers', fields } });
    const numbers = '/api/v1/collections/numbers/entries';
    const entries = Array.from({ length: 1000 }, (_, n) => ({ data: { n } }));
    await server.ask('POST', `${numbers}/bulk`, { body: { entries } });
    const all = await server.ask('GET', `${numbers}/aggregate?group_by=n`);
    expect(all.status).toBe(200);
    expect(all.body['items']).toHaveLength(1000);
    await server.ask('POST', numbers, { body: { n: 1000 } });
    const more = await server.ask('GET', `${numbers}/aggregate?group_by=n`);
    expect([more.status, more.body['error']?.['message']]).toEqual([
      400,
      expect.stringContaining('1000 groups'),
    ]);
  });
});
