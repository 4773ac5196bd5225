import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register, type Tokens } from './accounts.ts';
import { type Ask, type Reply, startTestServer, type TestServer } from './harness.ts';

/** Search over all collections: what is open to whom, one ranking, one statement. */
let server: TestServer;
let user: Tokens;
const collections = '/api/v1/collections';

beforeAll(async () => {
  server = await startTestServer();
  user = await register(server, 'reader@example.com');
  const make = async (name: string, more: object, rows: object[]): Promise<void> => {
    const fields = [
      { name: 'title', type: 'text' },
      { name: 'note', type: 'text', rules: { read: '@request.auth.id != ""' } },
      { name: 'own', type: 'bool' },
    ];
    const made = await server.ask('POST', collections, { body: { name, fields, ...more } });
    expect(made.status, made.text).toBe(201);
    for (const data of rows)
      expect(
        (await server.ask('POST', `${collections}/${name}/entries`, { body: { data } })).status,
      ).toBe(201);
  };
  const open = { rules: { list: '', view: '' } };
  await make('posts', open, [{ title: 'harbour' }, { title: 'bridge', note: 'harbour' }]);
  await make('pages', { rules: { list: 'own = true' } }, [
    { title: 'The harbour at night', own: true },
    { title: 'harbour, not open', own: false },
  ]);
  await make('inner', {}, [{ title: 'harbour within' }]);
  await make('made', { ...open, status: 'draft' }, [{ title: 'harbour in the making' }]);
  await make('count', open, [{ own: true }]);
});
afterAll(() => server.close());

const search = (query: string, ask: Ask = {}) => server.ask('GET', `/api/v1/search?${query}`, ask);
const found = ({ body }: Reply): string[] =>
  (body['items'] as unknown as { collection: string; data: { title: string } }[])
    .map(({ collection, data }) => `${collection}: ${data.title}`)
    .toSorted();
const nobody = { key: null };

describe('what is open', () => {
  const forAll = ['pages: The harbour at night', 'posts: harbour'];

  it('to nobody in particular: what public rules open', async () => {
    expect(found(await search('q=harbour', nobody))).toEqual(forAll);
    expect(found(await search('q=harbour&collections=posts', nobody))).toEqual(['posts: harbour']);
  });

  it('to a member: a field and a collection more', async () => {
    const reply = await search('q=harbour', { key: user.access });
    expect(found(reply)).toEqual(['inner: harbour within', ...forAll, 'posts: bridge'].toSorted());
  });

  it('to who may everything: everything', async () => {
    const reply = await search('q=harbour');
    expect(reply.body['total']).toBe(6);
    expect(found(reply)).toContain('made: harbour in the making');
    expect(found(await search('q=harbour&collections=inner,pages'))).toEqual([
      'inner: harbour within',
      'pages: The harbour at night',
      'pages: harbour, not open',
    ]);
  });

  it('a closed, an unfinished and a missing collection are refused alike', async () => {
    const refusals = await Promise.all(
      ['inner', 'nothing'].map((name) => search(`q=harbour&collections=posts,${name}`, nobody)),
    );
    expect(refusals.map(({ status }) => status)).toEqual([401, 401]);
    const missing = await Promise.all(
      ['nothing', 'made'].map((name) =>
        search(`q=harbour&collections=${name}`, { key: user.access }),
      ),
    );
    expect(missing.map(({ body }) => body['code'])).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });
});

describe('one ranking', () => {
  it('over all, best first, page by page', async () => {
    const all = await search('q=harbour');
    const items = all.body['items'] as unknown as { id: string; score: number }[];
    const scores = items.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
    const paged: string[] = [];
    for (const page of [1, 2, 3]) {
      const { body } = await search(`q=harbour&per_page=2&page=${page}`);
      paged.push(...(body['items'] as unknown as { id: string }[]).map(({ id }) => id));
    }
    expect(paged).toEqual(items.map(({ id }) => id));
  });

  it('finds similar words where none has them', async () => {
    const reply = await search('q=harbor', nobody);
    expect(reply.body['similar']).toBe(true);
    expect(found(reply)).toContain('posts: harbour');
    expect(reply.body['items']?.[0]?.['highlights']?.['title']).toContain('<mark>harbour</mark>');
  });

  it('links to the next page', async () => {
    const reply = await search('q=harbour&per_page=2');
    expect(reply.headers.get('link')).toContain('rel="next"');
  });
});

it.each(['', 'q=', 'q=x&collections=', `q=${'x'.repeat(301)}`, 'q=x&filter=a=b'])(
  'refuses "%s"',
  async (query) => {
    const reply = await search(query);
    expect([reply.status, reply.body['code']]).toEqual([400, 'INVALID_INPUT']);
  },
);

it('an empty project has nothing to find', async () => {
  const fresh = await startTestServer();
  const reply = await fresh.ask('GET', '/api/v1/search?q=x');
  expect([reply.status, reply.body['items'], reply.body['total']]).toEqual([200, [], 0]);
  const none = await fresh.ask('GET', '/api/v1/search?q=x', nobody);
  expect(none.status).toBe(401);
  await fresh.close();
});
