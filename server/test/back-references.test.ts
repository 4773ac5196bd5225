import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, startTestServer, type TestServer } from './harness.ts';
import { fillLibrary, type Library } from './library.ts';
import { statementsOf } from './statements.ts';

/** Entries that point to another one, by `posts_via_author`: included with it, and asked for in filters. */
let server: TestServer;
let library: Library;
beforeAll(async () => {
  server = await startTestServer();
  library = await fillLibrary(server, 30);
});
afterAll(() => server.close());

const path = (collection: string) => `/api/v1/collections/${collection}/entries`;
const nobody = { key: null };
interface Item {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly expand?: Readonly<Record<string, unknown>>;
}
const asked = async (collection: string, query: string, ask?: Ask) => {
  const reply = await server.ask('GET', `${path(collection)}?sort=id&${query}`, ask);
  expect(reply.status, reply.text.slice(0, 500)).toBe(200);
  return reply.body['items'] as unknown as Item[];
};
const refusal = async (collection: string, query: string, ask?: Ask) => {
  const reply = await server.ask('GET', `${path(collection)}?${query}`, ask);
  expect(reply.status, reply.text.slice(0, 500)).toBe(400);
  return String(reply.body['error']?.['message']);
};
const entriesAt = (value: unknown) => value as readonly Item[];
const titles = (value: unknown) => entriesAt(value).map(({ data }) => data['title']);
/** The titles of the posts from one to another, by steps of two: authors take turns. */
const every2nd = (from: number, to: number) =>
  Array.from({ length: (from - to) / 2 + 1 }, (_, at) => `post ${from - 2 * at}`);

describe('include', () => {
  it('adds whole entries to the data, the newest twenty', async () => {
    const [jane, joe] = await asked('authors', 'include=posts_via_author,posts_via_editor');
    expect(titles(jane?.data['posts_via_author'])).toEqual(every2nd(28, 0));
    expect(titles(joe?.data['posts_via_author'])).toEqual(every2nd(29, 1));
    expect(entriesAt(jane?.data['posts_via_editor'])).toHaveLength(20);
    expect(joe?.data['posts_via_editor']).toEqual([]);
    expect(jane?.data['name']).toBe('Jane');
    const id = library.posts[28];
    const post = await server.ask('GET', `${path('posts')}/${id}`);
    expect(entriesAt(jane?.data['posts_via_author'])[0]).toEqual(post.body);
  });

  it('stands alone where there is nothing else', async () => {
    const fields = [{ name: 'name', type: 'text' }];
    await server.ask('POST', '/api/v1/collections', { body: { name: 'shops', fields } });
    const of = { name: 'shop', type: 'relation', options: { collection: 'shops' } };
    await server.ask('POST', '/api/v1/collections', { body: { name: 'orders', fields: [of] } });
    const shop = await server.ask('POST', path('shops'), { body: { data: {} } });
    const order = await server.ask('POST', path('orders'), { body: { shop: shop.body['id'] } });
    const [bare] = await asked('shops', 'include=orders_via_shop');
    expect(bare?.data).toEqual({ orders_via_shop: [order.body] });
    const [there] = await asked('orders', 'include=shop.orders_via_shop');
    expect(there?.data['shop']).toMatchObject({ data: { orders_via_shop: [order.body] } });
  });

  it('finds those that list it, through relations to many', async () => {
    const [one, , three] = await asked(
      'comments',
      'include[posts_via_comments][limit]=100&fields=text',
    );
    expect(entriesAt(one?.data['posts_via_comments'])).toHaveLength(15);
    expect(entriesAt(three?.data['posts_via_comments'])).toHaveLength(30);
  });

  it('takes a filter, a sort, a limit and fields', async () => {
    const options = ['[filter][title][ne]=post 4', '[sort]=title', '[limit]=3', '[fields]=title'];
    const query = options.map((each) => `include[posts_via_author]${each}`).join('&');
    const [jane, joe] = await asked('authors', `${query}&fields=name`);
    expect(Object.keys(jane?.data ?? {})).toEqual(['name', 'posts_via_author']);
    expect(titles(jane?.data['posts_via_author'])).toEqual(['post 0', 'post 10', 'post 12']);
    expect(titles(joe?.data['posts_via_author'])).toEqual(['post 1', 'post 11', 'post 13']);
    expect(entriesAt(joe?.data['posts_via_author'])[0]?.data).toEqual({ title: 'post 1' });
    const [chosen] = await asked(
      'authors',
      'fields=posts_via_author.title,posts_via_author&include=posts_via_author',
    );
    expect(Object.keys(chosen?.data ?? {})).toEqual(['posts_via_author']);
    expect(entriesAt(chosen?.data['posts_via_author'])[0]?.data).toEqual({ title: 'post 28' });
  });

  it('goes on from there, and comes back', async () => {
    const [press] = await asked(
      'companies',
      'include=authors_via_company.posts_via_author.author&fields=name',
    );
    const [jane] = entriesAt(press?.data['authors_via_company']);
    const [post] = entriesAt(jane?.data['posts_via_author']);
    expect(post?.data['author']).toMatchObject({ id: library.authors[0] });
    const [first] = await asked('posts', 'include[author.posts_via_editor][limit]=1');
    const author = first?.data['author'] as Item;
    expect(titles(author.data['posts_via_editor'])).toEqual(['post 29']);
  });

  it('stands in expand for records, and has its own shape in models', async () => {
    const records = '/api/v1/collections/authors/records?sort=id&expand=posts_via_author';
    const { body } = await server.ask('GET', records);
    const [jane] = body['items'] as unknown as Item[];
    expect(jane?.data).not.toHaveProperty('posts_via_author');
    expect(entriesAt(jane?.expand?.['posts_via_author'])[0]).toMatchObject({
      collection_name: 'posts',
      data: { title: 'post 28' },
    });
    const models = await server.ask(
      'GET',
      '/api/models/authors/entries?sort=id&include=posts_via_author',
    );
    expect(models.body['meta']?.['include']).toEqual(['posts_via_author']);
    const [same] = models.body['data'] as unknown as Item[];
    expect(entriesAt(same?.data['posts_via_author'])[0]).toMatchObject({ modelKey: 'posts' });
  });

  it('is part of an ETag', async () => {
    const url = `${path('authors')}/${library.authors[0]}?include=posts_via_author`;
    const one = await server.ask('GET', url);
    const known = { headers: { 'if-none-match': one.headers.get('etag') ?? '' } };
    expect((await server.ask('GET', url, known)).status).toBe(304);
    const more = await server.ask('POST', path('posts'), {
      body: { title: 'newest', author: library.authors[0] },
    });
    const after = await server.ask('GET', url, known);
    expect(titles(after.body['data']?.['posts_via_author'])[0]).toBe('newest');
    await server.ask('DELETE', `${path('posts')}/${more.body['id']}`);
    expect((await server.ask('GET', url, known)).status).toBe(304);
  });

  it('takes as many statements for one as for many', async () => {
    const url = (limit: number) =>
      `${path('comments')}?limit=${limit}&include=posts_via_comments.author.posts_via_editor`;
    await server.ask('GET', url(4));
    const counts = [];
    for (const limit of [1, 4])
      counts.push((await statementsOf(server, () => server.ask('GET', url(limit)))).length);
    // The list and its count, and one for each level.
    expect(counts).toEqual([5, 5]);
  });

  it('holds no more than an answer may', async () => {
    const deep =
      'include[posts_via_comments][limit]=100&include[posts_via_comments.editor.posts_via_editor][limit]=100&include[posts_via_comments.editor.posts_via_editor.comments]=true';
    expect(await refusal('comments', deep)).toContain('too many relations');
    const names = ['comments', 'author'].map(
      (name) => `include[comments.posts_via_comments.${name}]`,
    );
    const wide = `include[comments.posts_via_comments][limit]=100&${names.join('=true&')}=true`;
    expect(await refusal('posts', wide)).toContain('at most 10000 included entries');
  });

  it.each([
    ['posts_via_note', 'There is no field "posts_via_note" in "authors".'],
    ['posts_via_title', 'There is no field "posts_via_title" in "authors".'],
    ['posts_via_', 'There is no field "posts_via_" in "authors".'],
    ['_via_author', 'There is no field "_via_author" in "authors".'],
    ['Posts_via_author', 'There is no field "Posts_via_author" in "authors".'],
  ])('knows no %s', async (name, message) => {
    expect(await refusal('authors', `include=${name}`)).toBe(message);
  });

  it('refuses a limit that is out of bounds', async () => {
    for (const limit of ['0', '101', 'x'])
      expect(await refusal('authors', `include[posts_via_author][limit]=${limit}`)).toContain(
        'from 1 to 100',
      );
  });
});

describe('who sees what', () => {
  it('hides entries that are closed by a rule, and drafts', async () => {
    const open = 'include=authors_via_company&fields=name';
    expect(await asked('companies', open, nobody)).toHaveLength(1);
    const author = `${path('authors')}/${library.authors[0]}`;
    await server.ask('PATCH', author, { body: { data: {}, status: 'draft' } });
    const [press] = await asked('companies', open, nobody);
    expect(press?.data['authors_via_company']).toEqual([]);
    await server.ask('PATCH', author, { body: { data: {}, status: 'published' } });
    const [again] = await asked('companies', open, nobody);
    const [jane] = entriesAt(again?.data['authors_via_company']);
    expect(jane?.data).toEqual({ name: 'Jane', company: library.companies[0] });
  });

  it('knows no relation that the caller may not read, nor one of a closed collection', async () => {
    await server.ask('POST', '/api/v1/collections', {
      body: {
        name: 'reviews',
        fields: [
          { name: 'of', type: 'relation', options: { collection: 'authors' } },
          { name: 'by', type: 'relation', hidden: true, options: { collection: 'authors' } },
        ],
      },
    });
    const names = ['posts_via_checker', 'reviews_via_of', 'reviews_via_by'];
    for (const name of names) {
      expect(await asked('authors', `include=${name}`)).toHaveLength(2);
      expect(await asked('authors', `${name}.id[exists]=false`)).toBeDefined();
      for (const query of [`include=${name}`, `fields=${name}.id&include=${name}`]) {
        const closed = await refusal('authors', query, nobody);
        const missing = await refusal('authors', query.replaceAll(name, 'x_via_y'), nobody);
        expect(closed).toBe(missing.replaceAll('x_via_y', name));
      }
      const filter = await refusal('authors', `${name}.id[exists]=true`, nobody);
      const unknown = await refusal('authors', `x_via_y.id[exists]=true`, nobody);
      expect(filter).toBe(unknown.replaceAll('x_via_y', name));
    }
  });

  it('prefers a field of that name', async () => {
    const fields = [{ name: 'posts_via_shelf', type: 'text' }];
    await server.ask('POST', '/api/v1/collections', { body: { name: 'shelves', fields } });
    await server.ask('POST', path('shelves'), { body: { posts_via_shelf: 'own' } });
    expect(await refusal('shelves', 'include=posts_via_shelf')).toContain('leads to no entry');
    expect(await asked('shelves', 'posts_via_shelf=own')).toHaveLength(1);
  });
});

describe('filters', () => {
  const names = async (query: string, ask?: Ask) =>
    (await asked('authors', query, ask)).map(({ data }) => data['name']);

  it.each([
    ['posts_via_author.title=post 3', ['Joe']],
    ['filter=posts_via_author.title="post 4"', ['Jane']],
    ['posts_via_editor.id[exists]=true', ['Jane']],
    ['posts_via_editor.id[exists]=false', ['Joe']],
    ['filter=posts_via_author.title!="post 4"', ['Joe']],
    ['filter=posts_via_author.title~"post"', ['Jane', 'Joe']],
    ['posts_via_author.title[in]=post 4,post 3', ['Jane', 'Joe']],
    ['posts_via_author.comments.text=one', ['Jane']],
    ['comments_via_by.posts_via_comments.title=post 1', ['Jane', 'Joe']],
    ['posts_via_author.author.posts_via_editor.title=post 3', ['Jane']],
    ['posts_via_author.sys.status=draft', []],
  ])('%s: any of them', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('look only into what a list would show', async () => {
    const draft = { title: 'unseen', author: library.authors[1] };
    const body = { data: draft, status: 'draft' };
    const made = await server.ask('POST', path('posts'), { body });
    expect(await names('posts_via_author.title=unseen')).toEqual(['Joe']);
    expect(await names('posts_via_author.title=unseen', nobody)).toEqual([]);
    await server.ask('DELETE', `${path('posts')}/${made.body['id']}`);
    expect(await refusal('authors', 'posts_via_author.secret=hidden', nobody)).toContain('secret');
  });

  it('are counted, aggregated and included by them', async () => {
    const numbers = await server.ask(
      'GET',
      `${path('authors')}/aggregate?aggregate[count]=*&posts_via_author.title=post 3`,
    );
    expect(numbers.body['items']).toMatchObject([{ count: 1 }]);
    const [first] = await asked(
      'posts',
      'include[comments][filter][posts_via_comments.title]=post 1',
    );
    expect(entriesAt(first?.data['comments']).map(({ data }) => data['text'])).toEqual([
      'three',
      'four',
    ]);
  });

  it.each([
    ['posts_via_author=x', 'names entries; ask for a field, as "posts_via_author.id"'],
    ['sort=posts_via_author.title', 'leads to several entries'],
    ['posts_via_author.nothing=x', 'no field "nothing" in "posts"'],
    ['posts_via_author.a.b.c.d.e=x', 'no field "a" in "posts"'],
  ])('%s is refused', async (query, words) => {
    expect(await refusal('authors', query)).toContain(words);
  });

  it('are not for rules', async () => {
    const reply = await server.ask('PATCH', '/api/v1/collections/authors', {
      body: { rules: { list: 'posts_via_author.title = "x"' } },
    });
    expect(reply.status).toBe(422);
    expect(reply.text).toContain('no field \\"posts_via_author\\"');
  });
});
