import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reply, startTestServer, type TestServer } from './harness.ts';

/** Search in one collection: ranking, highlights, facets, clauses, similar words, and who may see what. */
let server: TestServer;
const entries = '/api/v1/collections/posts/entries';
const search = `${entries}/search`;

interface Hit {
  readonly score: number | null;
  readonly highlights: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, unknown>>;
}
const hitsOf = ({ body }: Reply) => body['items'] as unknown as Hit[];
const titlesOf = (reply: Reply) => hitsOf(reply).map(({ data }) => data['title']);

beforeAll(async () => {
  server = await startTestServer();
  const made = await server.ask('POST', '/api/v1/collections', {
    body: {
      name: 'posts',
      rules: { list: '', view: '' },
      fields: [
        { name: 'title', type: 'text' },
        { name: 'body', type: 'editor' },
        { name: 'tags', type: 'select', options: { values: ['a', 'b', 'c'], multiple: true } },
        { name: 'kind', type: 'select', options: { values: ['essay', 'recipe'] } },
        { name: 'live', type: 'bool' },
        { name: 'price', type: 'number' },
        { name: 'secret', type: 'text', hidden: true },
        { name: 'grade', type: 'select', hidden: true, options: { values: ['x', 'y'] } },
      ],
    },
  });
  expect(made.status, made.text).toBe(201);
  const rows = [
    {
      title: 'Sugar',
      body: 'All of it.',
      tags: ['a', 'b'],
      kind: 'essay',
      live: true,
      price: 1,
      grade: 'x',
    },
    {
      title: 'A cake',
      body: '<p>Flour &amp; <b>sugar</b> & "eggs" < milk</p>',
      tags: ['a'],
      kind: 'recipe',
      live: true,
      price: 2,
    },
    { title: 'Crème', body: 'Milk, sugar and sugar', kind: 'recipe', price: 3, secret: 'saffron' },
    { title: 'Tea', body: `${'leaf '.repeat(200)} no sugar ${'water '.repeat(200)}`, live: false },
    { title: 'Coffee', body: 'black', tags: ['c'], kind: 'essay' },
  ];
  for (const data of rows)
    expect((await server.ask('POST', entries, { body: { data } })).status).toBe(201);
  const draft = { data: { title: 'Draft of sugar' }, status: 'draft' };
  expect((await server.ask('POST', entries, { body: draft })).status).toBe(201);
});
afterAll(() => server.close());

const get = (query: string, key?: null) =>
  server.ask('GET', `${search}?${query}`, key === undefined ? {} : { key });
const post = (body: object, key?: null) =>
  server.ask('POST', search, { body, ...(key === undefined ? {} : { key }) });

describe('ranking', () => {
  it('puts titles first, then what has the word more often', async () => {
    const reply = await get('q=sugar');
    expect(reply.status, reply.text).toBe(200);
    expect(titlesOf(reply)).toEqual(['Draft of sugar', 'Sugar', 'Crème', 'A cake', 'Tea']);
    const scores = hitsOf(reply).map(({ score }) => Number(score));
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
    expect(reply.body['total']).toBe(5);
    expect(reply.body['similar']).toBe(false);
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
    const reply = await get('q=sugar&sort=title');
    expect(titlesOf(reply)).toEqual(['A cake', 'Crème', 'Draft of sugar', 'Sugar', 'Tea']);
    expect(hitsOf(reply)[0]?.score).toBeNull();
  });

  it('filters, bare or not', async () => {
    for (const filter of ['kind=recipe', 'filter=kind=recipe', 'filter[kind][eq]=recipe'])
      expect(titlesOf(await get(`q=sugar&${filter}`))).toEqual(['Crème', 'A cake']);
  });
});

describe('highlights', () => {
  it('mark words as they are written, everything else as HTML shows it', async () => {
    const [hit] = hitsOf(await get('q=flour'));
    expect(hit?.highlights).toEqual({
      body: '<mark>Flour</mark> &amp;amp; sugar &amp; &quot;eggs&quot; &lt; milk',
    });
    expect(hitsOf(await get('q=creme'))[0]?.highlights).toEqual({ title: '<mark>Crème</mark>' });
    expect(hitsOf(await get('q=suga&kind=essay'))[0]?.highlights).toEqual({
      title: '<mark>Sugar</mark>',
    });
  });

  it('of a long text show the part around the word', async () => {
    const [hit] = hitsOf(await get('q=water'));
    expect(hit?.highlights['body']).toMatch(/^…leaf .*no sugar <mark>water<\/mark>.*…$/);
    expect(hit?.highlights['body']?.length).toBeLessThan(1000);
  });

  it('are left out on request', async () => {
    expect(hitsOf(await get('q=flour&highlight=false'))[0]?.highlights).toEqual({});
  });
});

describe('facets', () => {
  it('count values over all hits, not over the page', async () => {
    const reply = await get('q=sugar&facets=status,kind,tags,live&limit=1');
    expect(reply.body['facets']).toEqual({
      status: { published: 4, draft: 1 },
      kind: { recipe: 2, essay: 1 },
      tags: { a: 2, b: 1 },
      live: { true: 2, false: 1 },
    });
  });

  it.each(['title', 'nothing', 'secret', 'price'])('refuse %s', async (name) => {
    const reply = await get(`q=sugar&facets=${name}`);
    expect([reply.status, reply.body['error']?.['details']?.[0]?.['field']]).toEqual([
      400,
      'facets',
    ]);
  });
});

describe('who may not see a field', () => {
  it('finds nothing by it, gets no highlight and no facet of it, and no draft', async () => {
    expect(titlesOf(await get('q=saffron'))).toEqual(['Crème']);
    expect(titlesOf(await get('q=saffron', null))).toEqual([]);
    expect(titlesOf(await get('q=creme -saffron', null))).toEqual(['Crème']);
    expect(titlesOf(await get('q=sugar', null))).not.toContain('Draft of sugar');
    expect((await get('q=sugar&facets=grade')).body['facets']?.['grade']).toEqual({ x: 1 });
    const [hidden, missing] = [
      await get('q=sugar&facets=grade', null),
      await get('q=sugar&facets=other', null),
    ];
    expect([hidden.status, missing.status]).toEqual([400, 400]);
    expect(hidden.body['error']?.['message']).toBe(
      String(missing.body['error']?.['message']).replace('other', 'grade'),
    );
    expect((await post({ query: { must: [{ match: { secret: 'saffron' } }] } }, null)).status).toBe(
      400,
    );
  });
});

describe('clauses', () => {
  const found = async (query: object, more: object = {}) => {
    const reply = await post({ query, ...more });
    expect(reply.status, reply.text).toBe(200);
    return titlesOf(reply).toSorted();
  };

  it.each<[object, string[]]>([
    [{ kind: 'recipe' }, ['A cake', 'Crème']],
    [{ title: { contains: 'cof' } }, ['Coffee']],
    [{ term: { kind: 'recipe' } }, ['A cake', 'Crème']],
    [{ term: { kind: { value: 'recipe' } } }, ['A cake', 'Crème']],
    [{ term: { tags: 'a' } }, ['A cake', 'Sugar']],
    [{ terms: { tags: ['b', 'c'] } }, ['Coffee', 'Sugar']],
    [{ terms: { price: [1, 3] } }, ['Crème', 'Sugar']],
    [{ range: { price: { gte: 2, lt: 3 } } }, ['A cake']],
    [{ exists: { field: 'live' } }, ['A cake', 'Sugar', 'Tea']],
    [{ prefix: { title: 'co' } }, ['Coffee']],
    [{ match: { body: 'black EGGS' } }, ['A cake', 'Coffee']],
    [{ match: { body: { query: 'milk eggs', operator: 'and' } } }, ['A cake']],
    [{ match: { title: 'creme' } }, ['Crème']],
    [{ body: { match: 'milk eggs' } }, ['A cake']],
    [{ _or: [{ title: 'Tea' }, { title: 'Coffee' }] }, ['Coffee', 'Tea']],
  ])('%j', async (clause, titles) => {
    expect(await found({ must: [clause] })).toEqual(titles);
    expect(await found({ must: clause })).toEqual(titles);
    expect(await found({ should: [clause] })).toEqual(titles);
    const others = await found({ must_not: [clause] });
    expect([...others, ...titles].toSorted()).toEqual(await found({}));
  });

  it('should: one of them, or all as asked; beside must it ranks', async () => {
    const should = [{ live: true }, { kind: 'recipe' }];
    expect(await found({ should })).toEqual(['A cake', 'Crème', 'Sugar']);
    expect(await found({ should, minimum_should_match: 2 })).toEqual(['A cake']);
    expect(await found({ should, minimum_should_match: 3 })).toEqual([]);
    const must = [{ price: { exists: true } }];
    const ranked = await post({ query: { must, should } });
    expect(titlesOf(ranked)).toEqual(['A cake', 'Crème', 'Sugar']);
    expect(hitsOf(ranked).map(({ score }) => score)).toEqual([2, 1, 1]);
    expect(await found({ must, should, minimum_should_match: 1 })).toHaveLength(3);
    expect(await found({ must, should }, { q: 'milk' })).toEqual(['A cake', 'Crème']);
  });

  it.each<[object, number, string]>([
    [{ query: { must: [{ nothing: 1 }] } }, 400, 'query.must.0.nothing'],
    [{ query: { must: [{ title: { like: 1 } }] } }, 400, 'query.must.0.title'],
    [{ query: { must_not: [{ range: { price: { near: 1 } } }] } }, 400, 'query.must_not.0'],
    [{ query: { must: [{ exists: {} }] } }, 400, 'query.must.0'],
    [{ query: { must: [{ match: { body: {} } }] } }, 400, 'query.must.0'],
    [{ query: { must: [{ term: { a: 1, b: 2 } }] } }, 400, 'query.must.0'],
    [{ query: { must: Array.from({ length: 51 }, () => ({ title: 'x' })) } }, 400, 'query'],
    [{ query: { filter: [] } }, 422, 'query.filter'],
    [{ q: 'a\u0000' }, 400, 'q'],
    [{ sort: 'nothing' }, 400, 'sort'],
    [{ page: 1, cursor: 'x' }, 400, 'cursor'],
    [{ q: 'sugar', cursor: 'x' }, 400, 'cursor'],
  ])('refuses %j', async (body, status, field) => {
    const reply = await post(body);
    expect(reply.status, reply.text).toBe(status);
    expect(reply.body['error']?.['details']?.[0]?.['field']).toBe(field);
  });

  it('takes the page from the body or the query', async () => {
    const inBody = await post({ q: 'sugar', limit: 1, offset: 1 });
    const inQuery = await server.ask('POST', `${search}?limit=1&offset=1`, {
      body: { q: 'sugar' },
    });
    expect(titlesOf(inBody)).toEqual(['Sugar']);
    expect(inQuery.body).toEqual(inBody.body);
  });
});

describe('similar words', () => {
  it.each([
    ['tee', 'Tea'],
    ['cofee', 'Coffee'],
    ['Cremme', 'Crème'],
  ])('%s', async (q, title) => {
    const reply = await get(`q=${q}`);
    expect(titlesOf(reply)).toEqual([title]);
    expect(reply.body['similar']).toBe(true);
    expect(hitsOf(reply)[0]?.highlights['title']).toBe(`<mark>${title}</mark>`);
  });

  it('the most similar first', async () => {
    const reply = await get('q=sugr');
    expect(titlesOf(reply).toSorted()).toEqual(['Draft of sugar', 'Sugar']);
    expect(titlesOf(await get('q=drft%20sugr'))).toEqual(['Draft of sugar']);
  });

  it('are looked for neither where words are found nor where none are like them', async () => {
    const reply = await get('q=zzzzqqqq');
    expect([reply.body['total'], reply.body['similar']]).toEqual([0, false]);
    expect((await get('q=!!')).body['total']).toBe(0);
    expect(titlesOf(await get('q=saffon', null))).toEqual([]);
  });
});

it('finds what was written at once', async () => {
  const made = await server.ask('POST', entries, { body: { data: { title: 'Quince' } } });
  expect(titlesOf(await get('q=quince&consistency=wait'))).toEqual(['Quince']);
  await server.ask('PATCH', `${entries}/${made.body['id']}`, { body: { title: 'Medlar' } });
  expect(titlesOf(await get('q=quince'))).toEqual([]);
  expect(titlesOf(await get('q=medlar'))).toEqual(['Medlar']);
  await server.ask('DELETE', `${entries}/${made.body['id']}`);
  expect(titlesOf(await get('q=medlar'))).toEqual([]);
});
