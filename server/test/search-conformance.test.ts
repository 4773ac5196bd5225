import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askSettled, engines } from './engines.ts';
import { makeProject, picking } from './projects.ts';
import { type Ask, type Reply, startTestServer, type TestServer } from './harness.ts';

/** What a search finds is the same whatever engine finds it: PostgreSQL always, Meilisearch where it is given. */
const collections = '/api/v1/collections';
const entries = `${collections}/posts/entries`;

interface Hit {
  readonly id: string;
  readonly score: number | null;
  readonly highlights: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, unknown>>;
}
const hitsOf = ({ body }: Reply) => body['items'] as unknown as Hit[];
const titlesOf = (reply: Reply) => hitsOf(reply).map(({ data }) => data['title']);
const sorted = (reply: Reply) => titlesOf(reply).toSorted();
const anonymous = { key: null };

const fields = [
  { name: 'title', type: 'text' },
  { name: 'body', type: 'editor' },
  { name: 'kind', type: 'select', options: { values: ['essay', 'recipe'] } },
  { name: 'tags', type: 'select', options: { values: ['a', 'b', 'c'], multiple: true } },
  { name: 'price', type: 'number' },
  { name: 'live', type: 'bool' },
  { name: 'day', type: 'date' },
  { name: 'secret', type: 'text', hidden: true },
  { name: 'seo', type: 'component', options: { fields: [{ name: 'summary', type: 'text' }] } },
];
const rows = [
  { title: 'Sugar', body: 'All of it.', tags: ['a', 'b'], kind: 'essay', live: true, price: 1 },
  {
    title: 'A cake',
    body: '<p>Flour &amp; <b>sugar</b></p>',
    tags: ['a'],
    kind: 'recipe',
    price: 2,
  },
  {
    title: 'Crème brûlée',
    body: 'Milk with much sugar',
    kind: 'recipe',
    secret: 'saffron',
    price: 3,
  },
  { title: 'Tea', body: 'leaf and water, no sugar', live: false, day: '2024-05-01', price: 4 },
  { title: 'Coffee', body: 'black as night', tags: ['c'], seo: { summary: 'espresso' }, price: 5 },
];

describe.each(engines())('search by $name', ({ config, drop }) => {
  let server: TestServer;
  const ids: Record<string, string> = {};

  const ask = (method: string, path: string, more: Ask = {}) =>
    askSettled(server, method, path, more);
  const get = (query: string, more: Ask = {}) =>
    ask('GET', `${entries}/search?consistency=wait&${query}`, more);
  const post = (body: object, more: Ask = {}) =>
    ask('POST', `${entries}/search?consistency=wait`, { body, ...more });
  const must = async (status: number, method: string, path: string, body?: unknown) => {
    const reply = await server.ask(method, path, body === undefined ? {} : { body });
    expect(reply.status, reply.text).toBe(status);
    return reply.body;
  };
  const create = async (data: object, more: object = {}) =>
    String((await must(201, 'POST', entries, { data, ...more }))['id']);

  beforeAll(async () => {
    server = await startTestServer({ config });
    const rules = { list: '', view: '' };
    await must(201, 'POST', collections, { name: 'posts', fields, rules });
    for (const data of rows) ids[data.title] = await create(data);
    await create({ title: 'Draft of sugar' }, { status: 'draft' });
  });
  afterAll(async () => {
    await server.close();
    await drop();
  });

  describe('words', () => {
    it.each([
      ['one', 'sugar', ['A cake', 'Crème brûlée', 'Draft of sugar', 'Sugar', 'Tea']],
      ['all of several', 'milk sugar', ['Crème brûlée']],
      ['in any case and without accents', 'CREME BRULEE', ['Crème brûlée']],
      ['the last one unfinished', 'sugar mi', ['Crème brûlée']],
      ['a phrase', '"with much sugar"', ['Crème brûlée']],
      ['no phrase', '"sugar with much"', []],
      ['without a word', 'sugar -milk -flour', ['Draft of sugar', 'Sugar', 'Tea']],
      ['without a phrase', 'sugar -"much sugar"', ['A cake', 'Draft of sugar', 'Sugar', 'Tea']],
      ['within a component', 'espresso', ['Coffee']],
      ['none at all', '?!', []],
      ['words of nobody', 'zzyzx', []],
    ])('%s', async (_, q, titles) => {
      const reply = await get(`q=${encodeURIComponent(q)}`);
      expect(reply.status, reply.text).toBe(200);
      expect(sorted(reply)).toEqual(titles);
      expect([reply.body['total'], reply.body['similar']]).toEqual([titles.length, false]);
    });

    it('markup is none', async () => {
      expect(titlesOf(await get('q=strong'))).toEqual([]);
    });

    it('with a typing error: what is spelled much like it', async () => {
      const reply = await get('q=cofee');
      expect([titlesOf(reply), reply.body['similar']]).toEqual([['Coffee'], true]);
      expect(hitsOf(reply)[0]?.highlights).toEqual({ title: '<mark>Coffee</mark>' });
    });
  });

  it('ranks a title before a text, and says scores from the best down', async () => {
    const reply = await get('q=sugar');
    expect(titlesOf(reply).slice(0, 2).toSorted()).toEqual(['Draft of sugar', 'Sugar']);
    const scores = hitsOf(reply).map(({ score }) => Number(score));
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
  });

  it('pages without gap or overlap, with a total past the end too', async () => {
    const titles: unknown[] = [];
    for (const page of [1, 2, 3])
      titles.push(...titlesOf(await get(`q=sugar&per_page=2&page=${page}`)));
    expect(titles).toEqual(titlesOf(await get('q=sugar')));
    const past = await get('q=sugar&limit=10&offset=20');
    expect([past.body['total'], hitsOf(past)]).toEqual([5, []]);
  });

  it('takes an order of the caller instead', async () => {
    const reply = await get('q=sugar&sort=-price,title');
    expect(titlesOf(reply)).toEqual(['Tea', 'Crème brûlée', 'A cake', 'Sugar', 'Draft of sugar']);
  });

  it('marks the words', async () => {
    const [hit] = hitsOf(await get('q=milk'));
    expect(hit?.highlights).toEqual({ body: '<mark>Milk</mark> with much sugar' });
  });

  it('counts values over all hits', async () => {
    const reply = await get('q=sugar&facets=status,kind,tags,live&limit=1');
    expect(reply.body['facets']).toEqual({
      status: { published: 4, draft: 1 },
      kind: { recipe: 2, essay: 1 },
      tags: { a: 2, b: 1 },
      live: { true: 1, false: 1 },
    });
  });

  it('counts values over what has similar words, too', async () => {
    const reply = await get('q=cofee&facets=status,live');
    expect([titlesOf(reply), reply.body['similar']]).toEqual([['Coffee'], true]);
    expect(reply.body['facets']).toMatchObject({ status: { published: 1 } });
  });

  describe('beside conditions', () => {
    it.each([
      ['kind=recipe', ['A cake', 'Crème brûlée']],
      ['filter[kind][ne]=recipe', ['Draft of sugar', 'Sugar', 'Tea']],
      ['filter[price][gte]=2&filter[price][lt]=4', ['A cake', 'Crème brûlée']],
      ['filter[tags][has]=a', ['A cake', 'Sugar']],
      ['filter=live != true', ['A cake', 'Crème brûlée', 'Draft of sugar', 'Tea']],
      ['filter=day >= "2024-01-01"', ['Tea']],
      ['filter=day = null && status = "draft"', ['Draft of sugar']],
      ['filter=kind ?= ["essay","recipe"] && !(price > 2)', ['A cake', 'Sugar']],
      ['filter=title ~ "e" || price = 1', ['A cake', 'Crème brûlée', 'Sugar', 'Tea']],
    ])('%s', async (condition, titles) => {
      const query = condition.replaceAll('&&', '%26%26').replaceAll('"', '%22');
      const reply = await get(`q=sugar&${query}`);
      expect(reply.status, reply.text).toBe(200);
      expect(sorted(reply)).toEqual(titles);
    });

    it('in a body: what must, should and must not hold', async () => {
      const reply = await post({
        q: 'sugar',
        query: {
          must: [{ range: { price: { gte: 1 } } }],
          should: [{ term: { kind: 'recipe' } }, { term: { price: 2 } }],
          must_not: [{ term: { title: 'Tea' } }],
        },
      });
      expect(reply.status, reply.text).toBe(200);
      expect(titlesOf(reply)[0]).toBe('A cake');
      expect(sorted(reply)).toEqual(['A cake', 'Crème brûlée', 'Sugar']);
    });
  });

  it('shows nobody what is not open: a draft, a hidden field, its words as a condition', async () => {
    expect(sorted(await get('q=sugar', anonymous))).toEqual([
      'A cake',
      'Crème brûlée',
      'Sugar',
      'Tea',
    ]);
    expect(titlesOf(await get('q=saffron'))).toEqual(['Crème brûlée']);
    expect(titlesOf(await get('q=saffron', anonymous))).toEqual([]);
    expect(titlesOf(await get('q=creme -saffron', anonymous))).toEqual(['Crème brûlée']);
  });

  it('is the same in every list', async () => {
    const lists = [entries, `${collections}/posts/records`, '/api/models/posts/entries'];
    for (const path of lists) {
      const reply = await ask('GET', `${path}?search=cake&consistency=wait`);
      const items = (reply.body['items'] ?? reply.body['data']) as unknown as Hit[];
      expect(items?.length, reply.text).toBe(1);
    }
  });

  describe('after a write', () => {
    it('finds what there is now, and nothing else', async () => {
      const id = await create({ title: 'Marzipan' });
      expect(titlesOf(await get('q=marzipan'))).toEqual(['Marzipan']);
      await must(200, 'PATCH', `${entries}/${id}`, { data: { title: 'Nougat' } });
      expect(titlesOf(await get('q=marzipan'))).toEqual([]);
      expect(titlesOf(await get('q=nougat'))).toEqual(['Nougat']);
      await must(204, 'DELETE', `${entries}/${id}`);
      expect(titlesOf(await get('q=nougat'))).toEqual([]);
    });

    it('of many at once', async () => {
      const items = Array.from({ length: 250 }, (_, at) => ({ data: { title: `Waffle ${at}` } }));
      const made = await must(201, 'POST', `${entries}/bulk`, { entries: items });
      const all = (made['items'] as unknown as { id: string }[]).map(({ id }) => id);
      expect((await get('q=waffle&limit=1')).body['total']).toBe(250);
      await must(200, 'DELETE', `${entries}/bulk`, { entry_ids: all });
      expect((await get('q=waffle')).body['total']).toBe(0);
    });

    it('of fifty at once to the same entry', async () => {
      const id = await create({ title: 'Praline 0' });
      await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          server.ask('PATCH', `${entries}/${id}`, { body: { data: { title: `Praline ${at}` } } }),
        ),
      );
      const { body } = await server.ask('GET', `${entries}/${id}`);
      const title = (body['data'] as unknown as { title: string }).title;
      expect(titlesOf(await get(`q=${encodeURIComponent(`"${title}"`)}`))).toEqual([title]);
      await must(204, 'DELETE', `${entries}/${id}`);
    });
  });

  it('follows the fields: a new one, a new name, one that is gone', async () => {
    const made = await must(201, 'POST', collections, {
      name: 'things',
      fields: [
        { name: 'title', type: 'text' },
        { name: 'note', type: 'text' },
      ],
    });
    const own = `${collections}/things`;
    const found = async (q: string) =>
      (await ask('GET', `${own}/entries/search?consistency=wait&q=${q}`)).body['total'];
    await must(201, 'POST', `${own}/entries`, { data: { title: 'Anvil', note: 'heavy' } });
    expect([await found('anvil'), await found('heavy')]).toEqual([1, 1]);
    const [title, note] = made['fields'] as unknown as object[];
    const more = { name: 'colour', type: 'text' };
    await must(200, 'PATCH', own, { fields: [{ ...title, name: 'heading' }, note, more] });
    await must(201, 'POST', `${own}/entries`, { data: { heading: 'Hammer', colour: 'crimson' } });
    expect([await found('anvil'), await found('crimson')]).toEqual([1, 1]);
    await must(200, 'PATCH', `${own}?confirm=true`, { fields: [{ ...title, name: 'heading' }] });
    expect([await found('anvil'), await found('heavy')]).toEqual([1, 0]);
    await must(204, 'DELETE', own);
  });

  it('a rule decides entry by entry, also one that looks through a relation', async () => {
    const rules = { list: 'owner.name = "me"' };
    await must(201, 'POST', collections, {
      name: 'owners',
      fields: [{ name: 'name', type: 'text' }],
      rules: { list: '', view: '' },
    });
    const owner = async (name: string) =>
      (await must(201, 'POST', `${collections}/owners/entries`, { data: { name } }))['id'];
    const owned = [
      { name: 'title', type: 'text' },
      { name: 'owner', type: 'relation', options: { collection: 'owners' } },
    ];
    await must(201, 'POST', collections, { name: 'owned', fields: owned, rules });
    for (const name of ['me', 'you'])
      await must(201, 'POST', `${collections}/owned/entries`, {
        data: { title: `Kettle of ${name}`, owner: await owner(name) },
      });
    const path = `${collections}/owned/entries/search?consistency=wait&q=kettle`;
    expect(titlesOf(await ask('GET', path, anonymous))).toEqual(['Kettle of me']);
    const everywhere = '/api/v1/search?consistency=wait&q=kettle';
    expect(titlesOf(await ask('GET', everywhere, anonymous))).toEqual(['Kettle of me']);
    expect(sorted(await ask('GET', everywhere))).toEqual(['Kettle of me', 'Kettle of you']);
  });

  it('keeps projects apart', async () => {
    const { headers } = picking(await makeProject(server));
    const asked = (path: string) => ask('GET', path, { headers });
    expect((await asked('/api/v1/search?consistency=wait&q=sugar')).body['total']).toBe(0);
    expect((await asked(`${entries}/search?consistency=wait&q=sugar`)).status).toBe(404);
  });
});
