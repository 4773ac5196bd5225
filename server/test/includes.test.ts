import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, startTestServer, type TestServer } from './harness.ts';
import { fillLibrary, type Library } from './library.ts';

/** Entries that come along with others: what stands where, who sees what, how many statements. */
let server: TestServer;
let library: Library;
beforeAll(async () => {
  server = await startTestServer();
  library = await fillLibrary(server);
});
afterAll(() => server.close());

const posts = '/api/v1/collections/posts/entries';
type Data = Readonly<Record<string, unknown>>;
interface Item {
  readonly id: string;
  readonly data: Data;
  readonly expand?: Record<string, Item & Item[]>;
}
const asked = async (query: string, ask?: Ask) => {
  const { status, body } = await server.ask('GET', `${posts}?sort=title&${query}`, ask);
  expect(status, JSON.stringify(body)).toBe(200);
  return body['items'] as unknown as Item[];
};
const refusal = async (query: string, path = posts) => {
  const { status, body } = await server.ask('GET', `${path}?${query}`);
  expect(status, JSON.stringify(body)).toBe(400);
  return String(body['error']?.['message']);
};
const entryAt = (item: Item | undefined, name: string) => item?.data[name] as Item;
const entriesAt = (item: Item | undefined, name: string) => item?.data[name] as Item[];
const namesOf = (value: unknown, key = 'text') => (value as Item[]).map(({ data }) => data[key]);

describe('where included entries stand', () => {
  it('puts the whole canonical entry in the place of the id', async () => {
    const [first, second] = await asked('include=author');
    const author = await server.ask(
      'GET',
      `/api/v1/collections/authors/entries/${library.authors[0]}`,
    );
    expect(first?.data['author']).toEqual(author.body);
    expect(entryAt(second, 'author').data['name']).toBe('Joe');
    expect(first?.data['editor']).toBe(library.authors[0]);
  });

  it('includes every entry of a relation to many, in its order', async () => {
    const [first, second] = await asked('include=comments');
    expect(namesOf(first?.data['comments'])).toEqual(['one', 'two', 'three', 'four']);
    expect(namesOf(second?.data['comments'])).toEqual(['three', 'four']);
  });

  it('follows relations, and includes what is on the way', async () => {
    const [first] = await asked('include=comments.by.company');
    const [comment] = entriesAt(first, 'comments');
    const by = entryAt(comment, 'by');
    expect((by.data['company'] as Item).data).toEqual({ name: 'Press', taxes: 'none' });
  });

  it('does the same for one entry, whose ETag knows what came along', async () => {
    const path = `${posts}/${library.posts[0]}`;
    const one = await server.ask('GET', `${path}?include=author`);
    expect(one.body['data']?.['author']).toMatchObject({ id: library.authors[0] });
    const etags = new Set<unknown>();
    for (const query of ['', '?include=author', '?include=editor', '?fields=title'])
      etags.add((await server.ask('GET', path + query)).headers.get('etag'));
    expect(etags.size).toBe(4);
    const unchanged = { headers: { 'if-none-match': one.headers.get('etag') ?? '' } };
    expect((await server.ask('GET', `${path}?include=author`, unchanged)).status).toBe(304);
    const list = await server.ask('GET', `${posts}?include=author`);
    const known = { headers: { 'if-none-match': list.headers.get('etag') ?? '' } };
    expect((await server.ask('GET', `${posts}?include=author`, known)).status).toBe(304);
    const author = `/api/v1/collections/authors/entries/${library.authors[0]}`;
    await server.ask('PATCH', author, { body: { name: 'Jane' } });
    expect((await server.ask('GET', `${path}?include=author`, unchanged)).status).toBe(200);
    expect((await server.ask('GET', `${posts}?include=author`, known)).status).toBe(200);
  });

  it('does the same for the entry of a singleton', async () => {
    const fields = [
      { name: 'title', type: 'text' },
      { name: 'top', type: 'relation', options: { collection: 'posts' } },
    ];
    const front = { name: 'front', type: 'singleton', fields };
    await server.ask('POST', '/api/v1/collections', { body: front });
    const path = '/api/v1/collections/front/entry';
    const written = await server.ask('PUT', path, {
      body: { title: 'Welcome', top: library.posts[0] },
    });
    const query = 'fields=top,top.title&include=top.author';
    const { body, headers } = await server.ask('GET', `${path}?${query}`);
    const top = body['data']?.['top'] as unknown as Item;
    expect(Object.keys(body['data'] ?? {})).toEqual(['top']);
    expect(top).toMatchObject({ id: library.posts[0], data: { title: 'post 0' } });
    expect(entryAt(top, 'author').data['name']).toBe('Jane');
    expect(headers.get('etag')).not.toBe(written.headers.get('etag'));
    expect(await refusal('include=title', path)).toContain('leads to no entry');
    await server.ask('DELETE', '/api/v1/collections/front?confirm=true');
  });

  it('stands beside data for records, with all ids left in data', async () => {
    const records = '/api/v1/collections/posts/records';
    const { body } = await server.ask(
      'GET',
      `${records}?sort=title&expand=author.company,comments`,
    );
    const [first] = body['items'] as unknown as Item[];
    expect(first?.data['author']).toBe(library.authors[0]);
    expect(first?.data['comments']).toEqual(library.comments);
    expect(first?.expand?.['author']).toMatchObject({
      collection_name: 'authors',
      data: { name: 'Jane', company: library.companies[0], mail: 'jane@example.com' },
      expand: { company: { data: { name: 'Press' } } },
    });
    expect(namesOf(first?.expand?.['comments'])).toEqual(['one', 'two', 'three', 'four']);
    const one = await server.ask('GET', `${records}/${library.posts[1]}?expand=editor`);
    expect(one.body['expand']?.['editor']).toMatchObject({ id: library.authors[0] });
    expect(await refusal('expand=nobody', records)).toContain('"nobody"');
  });

  it('has its own shape in models', async () => {
    const { body } = await server.ask('GET', `/api/models/posts/entries?include=author.company`);
    const [item] = body['data'] as unknown as Item[];
    expect(item?.data['author']).toMatchObject({
      modelKey: 'authors',
      tenantId: expect.anything(),
    });
    expect(body['meta']?.['include']).toEqual(['author', 'author.company']);
  });

  it('comes by tRPC as by REST', async () => {
    const ask = (include: unknown) => {
      const input = encodeURIComponent(JSON.stringify({ collection: 'posts', include }));
      return server.ask('GET', `/trpc/entries.list?input=${input}`);
    };
    const { body } = await server.ask('GET', `${posts}?include[comments][limit]=1&include=author`);
    for (const include of [
      ['author', { comments: { limit: 1 } }],
      { author: true, comments: { limit: 1 } },
    ])
      expect((await ask(include)).body['result']?.['data']?.['items']).toEqual(body['items']);
  });
});

describe('who sees what', () => {
  const nobody = { key: null };

  it('leaves ids of what rules, drafts and collections close to the caller', async () => {
    const [first, second] = await asked('include=author.company,note', nobody);
    expect(entryAt(first, 'author').data['company']).toMatchObject({
      data: { name: 'Press' },
    });
    expect(entryAt(second, 'author').data['company']).toBe(library.companies[1]);
    expect(first?.data['note']).toMatch(/^ent_/);
    const author = `/api/v1/collections/authors/entries/${library.authors[1]}`;
    await server.ask('PATCH', author, { body: { data: {}, status: 'draft' } });
    const [, hidden] = await asked('include=author', nobody);
    expect(hidden?.data['author']).toBe(library.authors[1]);
    const list = '/api/v1/collections/posts/records?sort=title&expand=author,note';
    const { body } = await server.ask('GET', list, nobody);
    expect(
      (body['items'] as unknown as Item[]).map(({ expand }) => Object.keys(expand ?? {})),
    ).toEqual([['author'], []]);
    await server.ask('PATCH', author, { body: { data: {}, status: 'published' } });
  });

  it('shows no hidden field, of nothing', async () => {
    const text = JSON.stringify(await asked('include=author.company', nobody));
    expect(text).not.toMatch(/hidden|taxes/);
    expect(text).toContain('Press');
    const list = await server.ask('GET', `${posts}?include=author&fields=author.taxes`, nobody);
    expect(list.status).toBe(400);
  });

  it('keeps to the rules of fields, of relations and of what they lead to', async () => {
    const [first] = await asked('include=checker');
    expect(entryAt(first, 'checker').data['mail']).toBe('jane@example.com');
    const [open] = await asked('include=author', nobody);
    expect(Object.keys(entryAt(open, 'author').data)).toEqual(['name', 'company']);
    const refused = async (query: string) => {
      const { status, body } = await server.ask('GET', `${posts}?${query}`, nobody);
      return [status, body['error']?.['message']];
    };
    for (const [query, name] of [
      ['include=checker', 'checker'],
      ['fields=checker', 'checker'],
      ['include=author&fields=author.mail', 'mail'],
      ['include[comments.by][fields]=mail', 'mail'],
    ] as const) {
      const closed = await refused(query);
      expect(closed[0]).toBe(400);
      const missing = await refused(query.replace(name, 'gone'));
      expect(closed[1]).toBe(String(missing[1]).replace('"gone"', `"${name}"`));
    }
  });
});

describe('choosing among included entries', () => {
  it('filters, sorts, limits and cuts down, each post for itself', async () => {
    const [first, second] = await asked(
      'include[comments][limit]=2&include[comments][sort]=-rank&include[comments][filter][status][eq]=approved&include[comments][fields]=text',
    );
    expect(entriesAt(first, 'comments').map(({ data }) => data)).toEqual([
      { text: 'four' },
      { text: 'three' },
    ]);
    expect(namesOf(second?.data['comments'])).toEqual(['four', 'three']);
    const [spam] = await asked('include[comments][filter]=status=spam');
    expect(namesOf(spam?.data['comments'])).toEqual(['two']);
    const [, none] = await asked(
      'include[comments][filter][rank][gt]=9&include[comments][limit]=1',
    );
    expect(none?.data['comments']).toEqual([]);
  });

  it('keeps the order of the relation where no other is asked for', async () => {
    const [first] = await asked('include[comments][limit]=3');
    expect(namesOf(first?.data['comments'])).toEqual(['one', 'two', 'three']);
  });

  it('chooses on the second level too, though parents come twice', async () => {
    const [first, second] = await asked(
      'include[comments][sort]=-rank&include[comments.by]=true&fields=title,comments.by,comments.by.name',
    );
    const names = (post: Item | undefined) =>
      namesOf(
        entriesAt(post, 'comments').map(({ data }) => data['by']),
        'name',
      );
    expect(names(first)).toEqual(['Jane', 'Joe', 'Joe', 'Jane']);
    expect(names(second)).toEqual(['Jane', 'Joe']);
  });
});

describe('what is refused', () => {
  it.each([
    ['include=nobody', '"nobody"'],
    ['include=title', 'leads to no entry'],
    ['include=author.name', 'leads to no entry'],
    ['include=author,', 'missing'],
    ['include=a.b.c.d', '3 at most'],
    [`include=${Array.from({ length: 11 }, (_, at) => `r${at}`).join()}`, 'At most 10'],
    ['include[author][limit]=1', 'one entry'],
    ['include[comments][limit]=0', 'from 1 to 100'],
    ['include[comments][page]=2', 'no option "page"'],
    ['include[comments]=yes', 'takes options'],
    ['include[comments][sort]=nothing', '"nothing"'],
    ['include[comments][filter][nothing]=1', '"nothing"'],
  ])('%s', async (query, words) => {
    expect(await refusal(query)).toContain(words);
  });

  it('lists within lists without end', async () => {
    for (const depth of [10, 5000]) {
      const include = '['.repeat(depth) + ']'.repeat(depth);
      const input = `{"collection":"posts","include":${include}}`;
      const { status } = await server.ask('GET', `/trpc/entries.list?input=${input}`);
      expect(status).toBe(400);
    }
  });
});
