import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, startTestServer, type TestServer } from './harness.ts';
import { fillLibrary, type Library } from './library.ts';
import { statementsOf } from './statements.ts';

/** What is shown of entries that are found: fields, includes, and pages of a sorted search by cursor. */
let server: TestServer;
let library: Library;
beforeAll(async () => {
  server = await startTestServer();
  library = await fillLibrary(server, 9);
});
afterAll(() => server.close());

const posts = '/api/v1/collections/posts/entries';
const nobody = { key: null };
type Data = Readonly<Record<string, unknown>>;
interface Hit {
  readonly id: string;
  readonly collection: string;
  readonly score: number | null;
  readonly highlights: Readonly<Record<string, string>>;
  readonly data: Data;
}
const hitsOf = (body: unknown) => (body as { items: Hit[] }).items;
const get = async (url: string, ask?: Ask) => {
  const reply = await server.ask('GET', url, ask);
  expect(reply.status, reply.text.slice(0, 500)).toBe(200);
  return hitsOf(reply.body);
};
const refusal = async (url: string, ask?: Ask) => {
  const reply = await server.ask('GET', url, ask);
  expect(reply.status, reply.text.slice(0, 500)).toBe(400);
  return String(reply.body['error']?.['message']);
};

describe('in one collection', () => {
  const view = 'fields=title,author.name&include=author';

  it('cuts ranked hits down and includes as a list does', async () => {
    const [hit] = await get(`${posts}/search?q="post 4"&${view}`);
    const [listed] = await get(`${posts}?title=post 4&${view}`);
    expect(hit).toMatchObject({ score: expect.any(Number), data: listed?.data });
    expect(Object.keys(hit?.data ?? {})).toEqual(['title', 'author']);
    expect(hit?.data['author']).toMatchObject({ data: { name: 'Jane' } });
    expect(JSON.stringify(hit)).not.toContain('jane@example.com');
    expect(hit?.highlights['title']).toContain('<mark>');
  });

  it('does the same for sorted hits, and by a body', async () => {
    const sorted = await get(`${posts}/search?q=post&sort=title&limit=2&${view}`);
    expect(sorted.map(({ data }) => data['title'])).toEqual(['post 0', 'post 1']);
    const ask = (body: object) => server.ask('POST', `${posts}/search`, { body });
    const options = { fields: ['title', 'author.name'], include: 'author' };
    const byBody = await ask({ q: 'post', sort: 'title', limit: 2, ...options });
    expect(hitsOf(byBody.body)).toEqual(sorted);
    const include = { comments: { limit: 1, sort: '-rank', fields: ['text'] } };
    const chosen = await ask({ q: 'post', fields: ['title'], include });
    const [first] = hitsOf(chosen.body);
    expect(first?.data['comments']).toMatchObject([{ data: { text: 'four' } }]);
    const wrong = await ask({ q: 'post', fields: ['nothing'] });
    expect([wrong.status, wrong.body['error']?.['details']?.[0]?.['field']]).toEqual([
      400,
      'fields',
    ]);
  });

  it('includes what points to the hits', async () => {
    const found = await get(
      '/api/v1/collections/authors/entries/search?q=jane&include=posts_via_author&fields=name',
    );
    expect(found[0]?.data['posts_via_author']).toHaveLength(5);
  });

  it('keeps to the rules of fields and of what they lead to', async () => {
    for (const query of ['include=checker', 'fields=checker', 'fields=secret']) {
      const name = query.slice(query.indexOf('=') + 1);
      const closed = await refusal(`${posts}/search?q=post&${query}`, nobody);
      const missing = await refusal(
        `${posts}/search?q=post&${query.replace(name, 'gone')}`,
        nobody,
      );
      expect(closed).toBe(missing.replace('"gone"', `"${name}"`));
    }
    const [, second] = await get(
      `${posts}/search?q=post&sort=title&include=author.company`,
      nobody,
    );
    const author = second?.data['author'] as Hit;
    expect(author.data).toEqual({ name: 'Joe', company: library.companies[1] });
  });

  it('takes as many statements for one hit as for many', async () => {
    const counts = [];
    for (const limit of [2, 1, 9]) {
      const url = `${posts}/search?q=post&limit=${limit}&include=author.company,comments`;
      counts.push((await statementsOf(server, () => get(url))).length);
    }
    expect(counts[2]).toBe(counts[1]);
  });
});

describe('in the project', () => {
  const search = '/api/v1/search?q=';

  it('shows what each collection has of it', async () => {
    const words = 'jane';
    const [author] = await get(`${search}${words}&fields=name,title&include=company,author`);
    expect(Object.keys(author?.data ?? {})).toEqual(['name', 'company']);
    expect(author?.data['company']).toMatchObject({ data: { name: 'Press' } });
    const [post] = await get(`${search}"post 3"&fields=name,title&include=company,author`);
    expect(Object.keys(post?.data ?? {})).toEqual(['title', 'author']);
    expect(post?.data['author']).toMatchObject({ data: { name: 'Joe' } });
    const [text] = await get(`${search}three&collections=comments,posts&fields=title`);
    expect(text).toMatchObject({ collection: 'comments', data: {} });
  });

  it('refuses what none of them has, or shows to the caller', async () => {
    expect(await refusal(`${search}post&fields=nothing`)).toBe(
      'There is no field "nothing" in any of these collections.',
    );
    expect(await refusal(`${search}post&include=title`)).toContain('no relation "title"');
    expect(await get(`${search}post&include=checker&fields=secret`)).not.toHaveLength(0);
    for (const query of ['include=checker', 'fields=secret', 'fields=taxes'])
      expect(await refusal(`${search}post&${query}`, nobody)).toContain('in any of these');
    expect(await refusal(`${search}post&collections=authors&fields=title`)).toContain('"title"');
  });
});

describe('pages of a sorted search', () => {
  const page = async (query: string) => {
    const { body, status, headers, text } = await server.ask('GET', `${posts}/search?${query}`);
    expect(status, text.slice(0, 500)).toBe(200);
    return {
      body,
      link: headers.get('link') ?? '',
      titles: hitsOf(body).map((each) => each.data['title']),
    };
  };

  it('go on by cursor and back, past what is written meanwhile', async () => {
    const query = 'q=post&sort=title&limit=4';
    const first = await page(query);
    expect(first.titles).toEqual(['post 0', 'post 1', 'post 2', 'post 3']);
    expect(first.body['total']).toBe(9);
    const made = await server.ask('POST', posts, { body: { title: 'post 00' } });
    const second = await page(`${query}&cursor=${first.body['next_cursor']}`);
    expect(second.titles).toEqual(['post 4', 'post 5', 'post 6', 'post 7']);
    expect(second.body).toMatchObject({ total: null, page: null });
    expect(second.link).toContain('rel="next"');
    const third = await page(`${query}&cursor=${second.body['next_cursor']}`);
    expect(third.titles).toEqual(['post 8']);
    expect(third.body['next_cursor']).toBeNull();
    const back = await page(`${query}&cursor=${second.body['prev_cursor']}`);
    expect(back.titles).toEqual(['post 00', 'post 1', 'post 2', 'post 3']);
    await server.ask('DELETE', `${posts}/${made.body['id']}`);
  });

  it('go on by a body too, the cursor in it or in the query', async () => {
    const body = { query: { must: [{ title: { contains: 'post' } }] }, sort: '-title', limit: 5 };
    const first = await server.ask('POST', `${posts}/search`, { body });
    const cursor = String(first.body['next_cursor']);
    const inBody = await server.ask('POST', `${posts}/search`, { body: { ...body, cursor } });
    const inQuery = await server.ask('POST', `${posts}/search?cursor=${cursor}`, { body });
    expect(hitsOf(inBody.body).map(({ data }) => data['title'])).toEqual([
      'post 3',
      'post 2',
      'post 1',
      'post 0',
    ]);
    expect(inQuery.body).toEqual(inBody.body);
  });

  it('belong to their search alone, and ranked hits have none', async () => {
    const { body } = await page('q=post&sort=title&limit=4');
    const cursor = String(body['next_cursor']);
    for (const query of [
      `q=other&sort=title&cursor=${cursor}`,
      `q=post&sort=-title&cursor=${cursor}`,
      `q=post&sort=title&title[ne]=x&cursor=${cursor}`,
    ])
      expect(await refusal(`${posts}/search?${query}`)).toContain('belongs to no list');
    expect(await refusal(`${posts}?sort=title&cursor=${cursor}`)).toContain('belongs to no list');
    expect(await refusal(`${posts}/search?q=post&cursor=${cursor}`)).toContain('needs a sort');
    expect(await refusal(`${posts}/search?q=post&sort=title&page=2&cursor=${cursor}`)).toContain(
      'two styles',
    );
    expect((await page('q=post&limit=2')).body['next_cursor']).toBeNull();
  });
});
