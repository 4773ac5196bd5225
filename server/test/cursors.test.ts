import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, startTestServer, type TestServer } from './harness.ts';

/** Cursor paging: the envelope, the links, and what a cursor is good for. */
let server: TestServer;
let other: TestServer;
const entries = '/api/v1/collections/notes/entries';

beforeAll(async () => {
  server = await startTestServer();
  other = await startTestServer({ databaseUrl: server.databaseUrl });
  for (const name of ['notes', 'others'])
    await server.ask('POST', '/api/v1/collections', {
      body: {
        name,
        fields: [
          { name: 'n', type: 'integer', indexed: true },
          { name: 'title', type: 'text' },
        ],
      },
    });
  const items = [3, 1, null, 2, 5, null, 4].map((n) => ({ n, title: `t${n}` }));
  await server.ask('POST', `${entries}/bulk`, { body: { entries: items } });
});
afterAll(async () => {
  await other.close();
  await server.close();
});

const numbers = (body: Json) =>
  (body['items'] as unknown as { data: { n: number | null } }[]).map(({ data }) => data.n);
const page = async (query: string) => {
  const reply = await server.ask('GET', `${entries}?${query}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply;
};

describe('limit and cursor', () => {
  it('goes forwards and back, nulls last', async () => {
    const first = await page('limit=3&sort=-n');
    expect(numbers(first.body)).toEqual([5, 4, 3]);
    expect(first.body).toMatchObject({ page: 1, total: 7, prev_cursor: null });
    const second = await page(`limit=3&sort=-n&cursor=${first.body['next_cursor']}`);
    expect(numbers(second.body)).toEqual([2, 1, null]);
    expect(second.body).toMatchObject({ page: null, per_page: 3, total: null, total_pages: null });
    const last = await page(`limit=3&sort=-n&cursor=${second.body['next_cursor']}`);
    expect(numbers(last.body)).toEqual([null]);
    expect(last.body['next_cursor']).toBeNull();
    const back = await page(`limit=3&sort=-n&cursor=${last.body['prev_cursor']}`);
    expect(numbers(back.body)).toEqual([2, 1, null]);
    const start = await page(`limit=3&sort=-n&cursor=${back.body['prev_cursor']}`);
    expect(numbers(start.body)).toEqual([5, 4, 3]);
    expect(start.body['prev_cursor']).toBeNull();
    expect(start.body['next_cursor']).toBe(first.body['next_cursor']);
  });

  it('links to its neighbours with everything else as it was', async () => {
    const first = await page('limit=2&sort=n&filter=n>0||n=null');
    const second = await page(
      `limit=2&sort=n&filter=n>0||n=null&cursor=${first.body['next_cursor']}`,
    );
    const link = String(second.headers.get('link'));
    const at = (cursor: unknown) =>
      `<${entries}?limit=2&sort=n&filter=n%3E0||n=null&cursor=${cursor}>`;
    expect(link).toBe(
      `<${entries}?limit=2&sort=n&filter=n%3E0||n=null>; rel="first", ${at(second.body['prev_cursor'])}; rel="prev", ${at(second.body['next_cursor'])}; rel="next"`,
    );
  });

  it('counts where it is asked to', async () => {
    const { body } = await page('limit=2');
    const next = `limit=2&cursor=${body['next_cursor']}`;
    expect((await page(next)).body['total']).toBeNull();
    expect((await page(`${next}&count=exact`)).body['total']).toBe(7);
    expect((await page(`${next}&count=estimated`)).body['total']).toBe(7);
  });

  it('works in the records family too', async () => {
    const records = '/api/v1/collections/notes/records';
    const first = await server.ask('GET', `${records}?per_page=4&sort=n`);
    const next = await server.ask(
      'GET',
      `${records}?per_page=4&sort=n&cursor=${first.body['next_cursor']}`,
    );
    expect(numbers(next.body)).toEqual([5, null, null]);
  });

  it('finds the way back from where everything went', async () => {
    const path = '/api/v1/collections/others/entries';
    const made = await server.ask('POST', `${path}/bulk`, {
      body: { entries: [1, 2, 3].map((n) => ({ n })) },
    });
    const ids = (made.body['items'] as unknown as { id: string }[]).map(({ id }) => id);
    const first = await server.ask('GET', `${path}?limit=2&sort=n`);
    await server.ask('DELETE', `${path}/${ids[2]}`);
    const empty = await server.ask(
      'GET',
      `${path}?limit=2&sort=n&cursor=${first.body['next_cursor']}`,
    );
    expect(empty.body).toMatchObject({ items: [], next_cursor: null });
    const back = await server.ask(
      'GET',
      `${path}?limit=2&sort=n&cursor=${empty.body['prev_cursor']}`,
    );
    expect(numbers(back.body)).toEqual([1, 2]);
  });
});

describe('a cursor', () => {
  it('is good on every server of the database, and for the same question however it is put', async () => {
    const first = await page('limit=3&sort=n&n[gt]=0&title[contains]=t');
    const question = `limit=3&title[contains]=t&n[gt]=0&sort=%2Bn&cursor=${first.body['next_cursor']}`;
    const next = await other.ask('GET', `${entries}?${question}`);
    expect(numbers(next.body)).toEqual([4, 5]);
  });

  it('belongs to its collection, filter and sort', async () => {
    const { body } = await page('limit=3&sort=n');
    const cursor = String(body['next_cursor']);
    const [text = '', mac = ''] = cursor.split('.');
    const forged = Buffer.from(JSON.stringify([0, 0, ['2', 'x']])).toString('base64url');
    const questions = [
      `${entries}?limit=3&sort=-n&cursor=${cursor}`,
      `${entries}?limit=3&cursor=${cursor}`,
      `${entries}?limit=3&sort=n:nulls_first&cursor=${cursor}`,
      `${entries}?limit=3&sort=n&n[gt]=1&cursor=${cursor}`,
      `/api/v1/collections/others/entries?limit=3&sort=n&cursor=${cursor}`,
      `${entries}?limit=3&sort=n&cursor=${forged}.${mac}`,
      `${entries}?limit=3&sort=n&cursor=${text}`,
      `${entries}?limit=3&sort=n&cursor=${text}.`,
      `${entries}?limit=3&sort=n&cursor=${text}.${mac}x`,
      `${entries}?limit=3&sort=n&cursor=x`,
    ];
    for (const question of questions) {
      const reply = await server.ask('GET', question);
      expect([question, reply.status]).toEqual([question, 400]);
      expect(reply.body['error']?.['details']).toMatchObject([{ field: 'cursor', code: 'cursor' }]);
    }
  });

  it('is no cursor once its field is another', async () => {
    const { body } = await page('limit=1&sort=title');
    const fields = [
      { name: 'n', type: 'integer', indexed: true },
      { name: 'title', type: 'text' },
    ];
    const changed = await server.ask('PATCH', '/api/v1/collections/notes?confirm=true', {
      body: { fields: [fields[0], { name: 'title', type: 'number' }] },
    });
    expect(changed.status).toBe(200);
    const reply = await server.ask(
      'GET',
      `${entries}?limit=1&sort=title&cursor=${body['next_cursor']}`,
    );
    expect(reply.status).toBe(400);
  });

  it('mixes with no other style', async () => {
    const { body } = await page('limit=1');
    for (const style of ['page=1', 'offset=0', 'page=2&per_page=1']) {
      const reply = await server.ask('GET', `${entries}?cursor=${body['next_cursor']}&${style}`);
      expect(reply.body['error']?.['details']).toMatchObject([{ code: 'mixed_paging' }]);
    }
  });
});

it('the ETag of a list knows the question', async () => {
  const tags = new Set<string | null>();
  const all = [
    '',
    'filter[n][gt]=0',
    'filter[n][gte]=1',
    'sort=n&pageSize=100',
    'sort=n,id&pageSize=100',
  ];
  for (const query of all)
    tags.add((await server.ask('GET', `/api/models/notes/entries?${query}`)).headers.get('etag'));
  expect(tags.size).toBe(all.length);
});
