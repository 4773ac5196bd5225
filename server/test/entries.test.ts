import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** What a writer of entries relies on. */
let server: TestServer;
const path = (name: string, id = '') => `/api/v1/collections/${name}/entries${id && `/${id}`}`;
beforeAll(async () => {
  server = await startTestServer();
  const collection = (name: string, fields: object[], more: object = {}) =>
    server.ask('POST', '/api/v1/collections', { body: { name, fields, ...more } });
  await collection('posts', [
    { name: 'title', type: 'text', required: true, message: 'Give the post a title.' },
    { name: 'slug', type: 'slug', unique: true, options: { from: 'title' } },
    { name: 'rank', type: 'integer', indexed: true, default: 10 },
    { name: 'at', type: 'datetime', default: 'now' },
    { name: 'fixed', type: 'text', readonly: true },
    { name: 'body', type: 'editor' },
    { name: 'any', type: 'json' },
  ]);
  await collection(
    'home',
    [
      { name: 'a', type: 'text' },
      { name: 'b', type: 'text' },
    ],
    { type: 'singleton' },
  );
  await collection('wrapped', [{ name: 'x', type: 'integer' }], { default_status: 'draft' });
});
afterAll(() => server.close());

describe('values', () => {
  it('fills defaults and slugs, and nothing else', async () => {
    const made = await server.ask('POST', path('posts'), { body: { title: 'Über Größe & Co' } });
    expect(made.body['data']).toMatchObject({ title: 'Über Größe & Co', rank: 10 });
    expect(made.body['data']?.['slug']).toMatch(/^[\w-]+$/);
    expect(made.body['data']?.['at']).toMatch(/^\d{4}-.*Z$/);
    expect(Object.keys(made.body['data'] ?? {})).not.toContain('body');
  });

  it('keeps a megabyte, every script and every escape byte for byte', async () => {
    const odd = 'a\u2028b\u2029"\\/\b\f\n\r\t\u0001\u007f\ufeff 🦊👩‍👩‍👧 ﷽ ქართული 日本語 العربية é é';
    const body = odd.repeat(Math.ceil(1_100_000 / Buffer.byteLength(odd)));
    const slug = 'release/v24.0.0/日本語';
    const data = { title: odd, slug, body, any: { '': [null, { 'a.b': -1.5e-7 }], ключ: odd } };
    const made = await server.ask('POST', path('posts'), { body: { data } });
    expect(made.status, made.text.slice(0, 300)).toBe(201);
    const read = await server.ask('GET', path('posts', String(made.body['id'])));
    expect(read.body['data']).toMatchObject(data);
    const listed = await server.ask('GET', `${path('posts')}?limit=1`);
    expect(listed.body['items']?.[0]).toEqual(read.body);
  });

  it('reports every bad field with its path, and writes nothing', async () => {
    const before = (await server.ask('GET', path('posts'))).body['total'];
    const refused = await server.ask('POST', path('posts'), {
      body: {
        title: null,
        slug: 'no spaces',
        rank: 1.5,
        at: '2026-02-30T00:00:00Z',
        titel: 'x',
        any: { x: '\u0000' },
      },
    });
    expect(refused.status).toBe(422);
    expect(refused.body['error']?.['details']).toMatchObject([
      { field: 'title', code: 'required', message: 'Give the post a title.' },
      { field: 'slug' },
      { field: 'rank' },
      { field: 'at' },
      { field: 'any.x', code: 'invalid_text' },
      { field: 'titel', code: 'unknown_field', message: expect.stringContaining('title') },
    ]);
    expect((await server.ask('GET', path('posts'))).body['total']).toBe(before);
  });

  it('merges at the top level, clears with null, and keeps what is read-only', async () => {
    const made = await server.ask('POST', path('posts'), {
      body: { title: 'Merge', fixed: 'f', any: { a: 1, b: 2 } },
    });
    const own = path('posts', String(made.body['id']));
    const updated = await server.ask('PATCH', own, { body: { any: { c: 3 }, rank: null } });
    expect(updated.body['data']).toMatchObject({
      title: 'Merge',
      fixed: 'f',
      any: { c: 3 },
      rank: null,
    });
    const refused = await server.ask('PATCH', own, { body: { fixed: 'g', title: null } });
    expect(refused.body['error']?.['details']).toMatchObject([{ field: 'title' }]);
    const fixed = await server.ask('PATCH', own, { body: { fixed: 'g' } });
    expect(fixed.body['error']?.['details']).toMatchObject([{ field: 'fixed', code: 'readonly' }]);
    expect((await server.ask('PATCH', own, { body: { fixed: 'f' } })).status).toBe(200);
  });

  it('survives names of Object’s own', async () => {
    const body = '{"title":"x","__proto__":{"polluted":1},"constructor":{"prototype":{}}}';
    const refused = await server.ask('POST', path('posts'), { body });
    expect(refused.status).toBe(422);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('status', () => {
  it('is published, or the collection’s default, or what is sent beside or within the data', async () => {
    const status = async (name: string, body: object) =>
      (await server.ask('POST', path(name), { body })).body['status'];
    expect(await status('posts', { title: 's' })).toBe('published');
    expect(await status('wrapped', { x: 1 })).toBe('draft');
    expect(await status('posts', { data: { title: 's1' }, status: 'archived' })).toBe('archived');
    expect(await status('posts', { data: { title: 's2', status: 'draft' } })).toBe('draft');
    expect(await status('posts', { title: 's3', status: 'draft' })).toBe('draft');
    const wrong = await server.ask('POST', path('posts'), {
      body: { title: 's4', status: 'gone' },
    });
    expect(wrong.body['error']?.['details']).toMatchObject([{ field: 'status' }]);
  });

  it('moves published_at when it becomes published', async () => {
    const made = await server.ask('POST', path('wrapped'), { body: { x: 1 } });
    expect(made.body['published_at']).toBeNull();
    const own = path('wrapped', String(made.body['id']));
    const published = await server.ask('PATCH', own, { body: { data: {}, status: 'published' } });
    expect(published.body['published_at']).toBe(published.body['updated_at']);
    const again = await server.ask('PATCH', own, { body: { x: 2 } });
    expect(again.body['published_at']).toBe(published.body['published_at']);
  });

  it('knows the project’s locale only', async () => {
    const refused = await server.ask('POST', path('posts'), {
      body: { data: { title: 'l' }, locale: 'de' },
    });
    expect(refused.body['error']?.['details']).toMatchObject([{ field: 'locale', code: 'locale' }]);
  });
});

describe('bulk', () => {
  it('is all or nothing, with errors by position', async () => {
    const before = (await server.ask('GET', path('wrapped'))).body['total'];
    const refused = await server.ask('POST', `${path('wrapped')}/bulk`, {
      body: { entries: [{ x: 1 }, { x: 'no' }, { data: { x: 2 }, status: 'never', more: 1 }] },
    });
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body['error']?.['details'])).toContain('entries.2.');
    const second = await server.ask('POST', `${path('wrapped')}/bulk`, {
      body: { entries: [{ x: 1 }, { x: 'no' }, { data: { x: 2 } }] },
    });
    expect(second.body['error']?.['details']).toMatchObject([{ field: 'entries.1.x' }]);
    expect((await server.ask('GET', path('wrapped'))).body['total']).toBe(before);
  });

  it('names the repeated and the taken value by position', async () => {
    const bulk = (slugs: string[]) =>
      server.ask('POST', `${path('posts')}/bulk`, {
        body: { entries: slugs.map((slug) => ({ title: slug, slug })) },
      });
    expect((await bulk(['u1', 'u2'])).status).toBe(201);
    const taken = await bulk(['u3', 'u2']);
    expect([taken.status, taken.body['error']?.['details']]).toMatchObject([
      409,
      [{ field: 'entries.1.slug', code: 'unique' }],
    ]);
    const repeated = await bulk(['u4', 'u5', 'u4']);
    expect(repeated.status).toBe(409);
    expect(JSON.stringify(repeated.body['error']?.['details'])).toContain('entries.2.slug');
  });

  it('takes 1,000 in one statement and refuses 1,001', async () => {
    const entries = Array.from({ length: 1001 }, (_, x) => ({ x }));
    expect(
      (await server.ask('POST', `${path('wrapped')}/bulk`, { body: { entries } })).status,
    ).toBe(422);
    const made = await server.ask('POST', `${path('wrapped')}/bulk`, {
      body: { entries: entries.slice(1) },
    });
    expect(made.status).toBe(201);
    const values = (made.body['items'] as unknown as { data: { x: number } }[]).map(
      (item) => item.data.x,
    );
    expect(values).toEqual(entries.slice(1).map(({ x }) => x));
  });
});

describe('lists', () => {
  it('sorts by several fields, nulls last in both directions, ties by id', async () => {
    await server.ask('POST', '/api/v1/collections', {
      body: {
        name: 'sorted',
        fields: [
          { name: 'n', type: 'integer', indexed: true },
          { name: 't', type: 'text', indexed: true },
        ],
      },
    });
    const rows = [
      { n: 2, t: 'b' },
      { n: 1, t: 'ä' },
      { t: 'a' },
      { n: 2, t: 'A' },
      { n: null, t: 'z' },
    ];
    await server.ask('POST', `${path('sorted')}/bulk`, { body: { entries: rows } });
    const texts = async (sort: string) =>
      (
        (await server.ask('GET', `${path('sorted')}?sort=${sort}`)).body['items'] as unknown as {
          data: { t: string };
        }[]
      )
        .map((item) => item.data.t)
        .join('');
    expect(await texts('n,t')).toBe('äAbaz');
    expect(await texts('-n,t')).toBe('Abäaz');
    expect(await texts('-n,-t')).toBe('bAäza');
    // Unicode root collation: neither bytes nor case decide first.
    expect(await texts('t')).toBe('aAäbz');
    expect(await texts('sys.created_at')).toBe('bäaAz');
  });

  it('leaves total null where it is not counted', async () => {
    const list = await server.ask('GET', `${path('sorted')}?limit=2&count=none`);
    expect(list.body).toMatchObject({ total: null, total_pages: null, per_page: 2 });
    expect(list.headers.get('link')).toContain('rel="next"');
    const last = await server.ask('GET', `${path('sorted')}?limit=2&page=3&count=none`);
    expect(last.headers.get('link')).not.toContain('rel="next"');
    expect(last.headers.get('link')).toContain('rel="prev"');
  });
});

describe('singletons', () => {
  it('are created by their first write and hold one entry', async () => {
    const own = '/api/v1/collections/home/entry';
    expect((await server.ask('GET', own)).status).toBe(404);
    const [one, two] = await Promise.all([
      server.ask('PUT', own, { body: { a: '1' } }),
      server.ask('PUT', own, { body: { b: '2' } }),
    ]);
    expect([one.status, two.status]).toEqual([200, 200]);
    expect((await server.ask('GET', own)).body['data']).toEqual({ a: '1', b: '2' });
    const second = await server.ask('POST', path('home'), { body: { a: '3' } });
    expect([second.status, second.body['error']?.['code']]).toEqual([409, 'CONFLICT']);
    const stale = await server.ask('PATCH', own, {
      body: { a: '4' },
      headers: { 'if-match': '"9"' },
    });
    expect(stale.status).toBe(412);
    expect((await server.ask('GET', '/api/v1/collections/posts/entry')).status).toBe(404);
  });
});

it('counts statements: a read, a create and a bulk are one each, whatever the size', async () => {
  const { pool } = server.app.services.database;
  const original = pool.query.bind(pool);
  let statements = 0;
  pool.query = ((...parameters: Parameters<typeof original>) => {
    statements += 1;
    return original(...parameters);
  }) as typeof pool.query;
  const counted = async (work: () => Promise<unknown>) => {
    statements = 0;
    await work();
    return statements;
  };
  const made = await server.ask('POST', path('wrapped'), { body: { x: 1 } });
  const get = await counted(() => server.ask('GET', path('wrapped', String(made.body['id']))));
  const create = await counted(() => server.ask('POST', path('wrapped'), { body: { x: 1 } }));
  const bulk = await counted(() =>
    server.ask('POST', `${path('wrapped')}/bulk`, {
      body: { entries: Array.from({ length: 500 }, (_, x) => ({ x })) },
    }),
  );
  const list = await counted(() => server.ask('GET', `${path('wrapped')}?limit=100&count=none`));
  pool.query = original;
  expect({ get, create, bulk, list }).toEqual({ get: 1, create: 1, bulk: 1, list: 1 });
});
