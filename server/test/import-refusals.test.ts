import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { formOf, sendFile } from './transfers.fixture.ts';

/** Files that are broken or hostile, and callers who may not. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const fields = [
    { name: 'title', type: 'text' },
    { name: 'slug', type: 'slug', unique: true },
    { name: 'secret', type: 'text', hidden: true, unique: true },
  ];
  const rules = {
    open: { create: '', list: '', view: '' },
    grumpy: { create: 'title != "no"', update: '@request.auth.id = "nobody"' },
  };
  for (const [name, rule] of Object.entries({ posts: {}, ...rules }))
    await server.ask('POST', '/api/v1/collections', { body: { name, fields, rules: rule } });
});
afterAll(() => server.close());

const send = (file: BodyInit, path = 'posts/entries/import', options = {}) =>
  sendFile(server, path, file, options);
const total = async (collection = 'posts'): Promise<number> => {
  const { body } = await server.ask('GET', `/api/v1/collections/${collection}/entries?limit=1`);
  return Number(body['total']);
};

describe('a file that is no CSV', () => {
  const broken: readonly (readonly [string, BodyInit, string, RegExp])[] = [
    ['an unclosed quote', 'title,slug\n"One,one\nTwo,two\n', 'csv', /row 1 .*never closed.*line 3/],
    ['text behind a quote', 'title\n"One"x\n', 'csv', /line 2.*behind a closing quote/],
    ['a quote in a cell', 'title\nO"ne\n', 'csv', /line 2.*middle of a cell/],
    ['nothing', '', 'header', /empty/],
    [
      'bytes of Latin-1',
      new Uint8Array(Buffer.from('title\nM\xfcller\n', 'latin1')),
      'encoding',
      /UTF-8/,
    ],
    [
      'a cell of 10 MB',
      `title\n"${'x'.repeat(10_000_000)}"\n`,
      'max_length',
      /longer than 4194304/,
    ],
    ['a line of 10 MB', `title\n${'x'.repeat(10_000_000)}\n`, 'max_length', /longer than 4194304/],
  ];
  it.each(broken)('is refused in words: %s', async (_name, file, code, words) => {
    const reply = await send(file);
    expect(reply.status).toBe(422);
    const [detail] = reply.body.error.details;
    expect(detail).toMatchObject({ field: 'file', code });
    expect(detail?.message).toMatch(words);
    expect(await total()).toBe(0);
  });

  it('counts for what came before it breaks off', async () => {
    const reply = await send('title\nOne\nTwo\n"Three\n', 'open/entries/import');
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ imported: 2, total: 2 });
    expect(reply.body.errors).toMatchObject([{ row: 3, field: 'file', code: 'csv' }]);
    const all = await send('title\nOne\n"Three\n', 'open/entries/import?mode=all');
    expect(all.status).toBe(422);
    expect(await total('open')).toBe(2);
  });

  it('names every column that means nothing, and those that are there twice', async () => {
    const reply = await send(
      'title,titel,,slug,slug\n1,2,3,4,5\n',
      'posts/entries/import?map[x]=title',
    );
    expect(reply.status).toBe(422);
    expect(reply.body.error.details.map(({ field, code }) => [field, code])).toEqual([
      ['titel', 'unknown_field'],
      ['', 'unknown_field'],
      ['slug', 'duplicate'],
      ['map.x', 'unknown_column'],
    ]);
    const key = await send('title\nOne\n', 'posts/entries/import?upsert=slug');
    expect(key.body.error.details).toMatchObject([{ field: 'slug', code: 'required' }]);
    expect((await send('title\nOne\n', 'posts/entries/import?upsert=title')).status).toBe(400);
  });

  it('is read with a byte order mark, lone returns and blank lines; NUL is refused in its row', async () => {
    const reply = await send(
      '\uFEFFtitle,slug\rOne,one\r\n\nN\u0000L,two\nThree,n\u0000\n',
      'posts/entries/import?dry_run=true&upsert=slug',
    );
    expect(reply.body).toMatchObject({ imported: 1, skipped: 2 });
    expect(reply.body.errors?.map(({ row, field }) => [row, field])).toEqual([
      [2, 'title'],
      [3, 'slug'],
    ]);
  });

  it('is refused where a line of NDJSON never ends', async () => {
    const reply = await send(
      `{"title":"${'x'.repeat(5_000_000)}`,
      'posts/entries/import?format=ndjson',
    );
    expect(reply.body.error.details).toMatchObject([{ code: 'max_length' }]);
  });
});

describe('an upload that is none', () => {
  it('is refused compressed, in another charset, or as something else', async () => {
    const headers = [
      { 'content-encoding': 'gzip' },
      { 'content-type': 'text/csv; charset=iso-8859-1' },
      { 'content-type': 'application/zip' },
    ];
    for (const each of headers) {
      const reply = await send(new Uint8Array(gzipSync('title\nOne\n')), undefined, {
        headers: each,
      });
      expect(reply.status, JSON.stringify(each)).toBe(415);
    }
  });

  it('is refused as a form without a file, cut short, or with fields that are none', async () => {
    const empty = new FormData();
    empty.set('title', 'x');
    expect((await send(empty)).status).toBe(400);
    const more = new FormData();
    more.set('nonsense', 'x');
    more.set('file', new Blob(['title\nOne\n']), 'a.csv');
    const reply = await send(more);
    expect(reply.status).toBe(422);
    expect(reply.text).toContain('nonsense');
    const cut =
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\ntitle\r\nOne\r\nTw';
    for (const type of ['multipart/form-data; boundary=x', 'multipart/form-data'])
      expect((await send(cut, undefined, { headers: { 'content-type': type } })).status).toBe(400);
    expect(await total()).toBe(0);
  });

  it('leaves the connection of use when it is refused early, large as it is', async () => {
    const lines = 'x'.repeat(60_000_000);
    for (const file of [lines, formOf(lines)])
      for (let round = 0; round < 2; round += 1) {
        const reply = await send(file, 'posts/entries/import', { key: null });
        expect(reply.status).toBe(401);
      }
    expect((await send('title\n1\n', 'posts/entries/import?dry_run=true')).status).toBe(201);
  });
});

describe('who may import', () => {
  const author = async () => {
    const { body } = await server.ask('POST', '/api/v1/auth/register', {
      body: { email: `a${Date.now()}@example.com`, password: 'SecurePass123' },
      key: null,
    });
    return String(body['access_token']);
  };

  it('is whoever may create; others learn nothing of the fields', async () => {
    const none = await send('nonsense\n1\n', undefined, { key: null });
    expect(none.status).toBe(401);
    const missing = await send('nonsense\n1\n', 'nothing/entries/import', { key: null });
    const bare = (text: string) => text.replaceAll(/"request_id":"[^"]*"/g, '');
    expect(bare(missing.text)).toBe(bare(none.text));
    const anybody = await send('title\nOne\n', 'open/entries/import', { key: null });
    expect(anybody.body).toMatchObject({ imported: 1 });
  });

  it('lets an author change by upsert what is its own, and no more', async () => {
    const key = await author();
    await send('title,slug\nOne,roots\n');
    const mine = await send('title,slug\nOne,mine\n', undefined, { key });
    expect(mine.body).toMatchObject({ imported: 1 });
    const both = await send('title,slug\nX,mine\nX,roots\n', 'posts/entries/import?upsert=slug', {
      key,
    });
    expect(both.body).toMatchObject({ imported: 0, updated: 1, skipped: 1 });
    expect(both.body.errors).toMatchObject([{ row: 2, code: 'forbidden' }]);
  });

  it('has rules decide row by row, and updates by the rule of updates', async () => {
    const key = await author();
    const made = await send('title,slug\nyes,a\nno,b\n', 'grumpy/entries/import', { key });
    expect(made.body).toMatchObject({ imported: 1, skipped: 1 });
    expect(made.body.errors).toMatchObject([{ row: 2, field: '', code: 'forbidden' }]);
    const again = await send('title,slug\nmine,a\nyes,c\n', 'grumpy/entries/import?upsert=slug', {
      key,
    });
    expect(again.body).toMatchObject({ imported: 1, updated: 0, skipped: 1 });
  });

  it('does not know hidden fields', async () => {
    const secret = await send('secret\nx\n', 'open/entries/import', { key: null });
    expect(secret.body.error.details).toMatchObject([{ field: 'secret', code: 'unknown_field' }]);
    const upsert = await send('secret\nx\n', 'open/entries/import?upsert=secret', { key: null });
    expect(upsert.status).toBe(400);
    expect(upsert.text).not.toContain(', secret');
  });
});
