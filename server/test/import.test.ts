import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { statementsOf } from './statements.ts';
import { formOf, sendFile } from './transfers.fixture.ts';

/** Files in: what they mean, what is refused and why, and what is written of them. */
let server: TestServer;
let made = 0;
beforeAll(async () => {
  server = await startTestServer();
  await create('authors', [
    { name: 'name', type: 'text' },
    { name: 'slug', type: 'slug', unique: true },
  ]);
  for (const slug of ['ada', 'bob'])
    await server.ask('POST', '/api/v1/collections/authors/entries', { body: { slug } });
});
afterAll(() => server.close());

async function create(name: string, fields: readonly object[], rest: object = {}): Promise<string> {
  const reply = await server.ask('POST', '/api/v1/collections', {
    body: { name, fields, ...rest },
  });
  expect(reply.status, reply.text).toBe(201);
  return name;
}

/** A collection of its own for a test. */
const posts = (): Promise<string> =>
  create(`posts_${(made += 1)}`, [
    { name: 'title', type: 'text', required: true },
    { name: 'slug', type: 'slug', unique: true },
    { name: 'price', type: 'number' },
    { name: 'author', type: 'relation', options: { collection: 'authors' } },
    { name: 'friends', type: 'relation', options: { collection: 'authors', multiple: true } },
  ]);

const send = (path: string, file: BodyInit, options: Parameters<typeof sendFile>[3] = {}) =>
  sendFile(server, path, file, options);

const stored = async (collection: string) => {
  const { body } = await server.ask(
    'GET',
    `/api/v1/collections/${collection}/entries?sort=created_at&limit=100`,
  );
  return body['items'] as unknown as {
    id: string;
    status: string;
    data: Record<string, unknown>;
  }[];
};

describe('what is written', () => {
  it('creates an entry of each row, null of an empty cell and a text of a quoted one', async () => {
    const name = await posts();
    const reply = await send(
      `${name}/entries/import`,
      'title,slug,price\r\nOne,one,1.5\r\n"",,\r\n',
    );
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      imported: 2,
      updated: 0,
      skipped: 0,
      total: 2,
      dry_run: false,
      errors: null,
    });
    expect((await stored(name)).map(({ data }) => data)).toEqual([
      { title: 'One', slug: 'one', price: 1.5 },
      { title: '', slug: null, price: null },
    ]);
  });

  it('writes good rows, and says of the others which and why', async () => {
    const name = await posts();
    const reply = await send(
      `${name}/entries/import`,
      'title,slug,price\nOne,one,1\n,two,x\nThree,one,3\nFour,four\nFive,five,5\n',
    );
    expect(reply.body).toMatchObject({ imported: 2, updated: 0, skipped: 3, total: 5 });
    expect(reply.body.errors?.map(({ row, field, code }) => [row, field, code])).toEqual([
      [2, 'title', 'required'],
      [2, 'price', 'type'],
      [3, 'slug', 'unique'],
      [4, '', 'columns'],
    ]);
    expect((await stored(name)).map(({ data }) => data['slug'])).toEqual(['one', 'five']);
  });

  it('changes by upsert what is there, within a file as well', async () => {
    const name = await posts();
    await send(`${name}/entries/import`, 'title,slug,price\nOne,one,1\nTwo,two,2\n');
    const reply = await send(
      `${name}/entries/import?upsert=slug`,
      'slug,title\ntwo,Zwei\nthree,Three\nthree,Drei\n',
    );
    expect(reply.body).toMatchObject({ imported: 1, updated: 2, skipped: 0, errors: null });
    expect((await stored(name)).map(({ data }) => [data['title'], data['price']])).toEqual([
      ['One', 1],
      ['Zwei', 2],
      ['Drei', undefined],
    ]);
    const [first] = await stored(name);
    const byId = await send(
      `${name}/entries/import?upsert=id`,
      `id,title\n${first?.id},Eins\n,New\nent_01kaj5cz5rf4q9t2jw2hq5m8e3,Gone\n`,
    );
    expect(byId.body).toMatchObject({ imported: 1, updated: 1, skipped: 1 });
    expect(byId.body.errors).toMatchObject([{ row: 3, field: 'id', code: 'not_found' }]);
  });

  it('finds relations by a unique field, one or many', async () => {
    const name = await posts();
    const reply = await send(
      `${name}/entries/import`,
      'title,author.slug,friends:slug\nOne,ada,"[""bob"",""ada""]"\nTwo,nobody,\nThree,,"[""bob"",""x""]"\n',
    );
    expect(reply.body).toMatchObject({ imported: 1, skipped: 2 });
    expect(reply.body.errors?.map(({ row, field, code }) => [row, field, code])).toEqual([
      [2, 'author.slug', 'reference'],
      [3, 'friends.slug', 'reference'],
    ]);
    const authors = await stored('authors');
    const [entry] = await stored(name);
    expect(entry?.data['author']).toBe(authors[0]?.id);
    expect(entry?.data['friends']).toEqual([authors[1]?.id, authors[0]?.id]);
  });

  it('reads columns by a mapping, leaves out what is mapped to nothing, and system columns', async () => {
    const name = await posts();
    const query = `${encodeURIComponent('map[Der Titel]')}=title&map[Rest]=`;
    const file = 'id,status,Der Titel,Rest,sys.created_at\nent_x,draft,One,zzz,never\n';
    const reply = await send(`${name}/entries/import?${query}`, file);
    expect(reply.body).toMatchObject({ imported: 1, errors: null });
    expect((await stored(name))[0]?.data).toEqual({ title: 'One' });
  });

  it('takes NDJSON: bare fields, whole entries, and lines that are none', async () => {
    const name = await posts();
    const lines = [
      '{"title":"One","slug":"one"}',
      '{"id":"ent_x","status":"draft","version":3,"data":{"title":"Two"}}',
      '',
      '[1]',
      '{"title":',
      '{"title":"Five","titel":1}',
      '{"title":"Six","author.slug":"ada","status":"archived"}',
      '{"status":"gone","data":{}}',
    ];
    const reply = await send(`${name}/entries/import`, lines.join('\n'), {
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(reply.body).toMatchObject({ imported: 3, skipped: 4, total: 7 });
    expect(reply.body.errors?.map(({ row, field, code }) => [row, field, code])).toEqual([
      [3, '', 'json'],
      [4, '', 'json'],
      [5, 'titel', 'unknown_field'],
      [7, 'status', 'values'],
    ]);
    const statuses = (await stored(name)).map(({ status }) => status);
    expect(statuses).toEqual(['published', 'draft', 'archived']);
  });

  it('is all or nothing with mode=all, and nothing at all with dry_run', async () => {
    const name = await posts();
    const bad = 'title,slug\nOne,one\nTwo,one\n';
    const all = await send(`${name}/entries/import?mode=all`, bad);
    expect(all.status).toBe(422);
    expect(all.body.error.details).toMatchObject([{ field: 'rows.2.slug', code: 'unique' }]);
    const dry = await send(`${name}/entries/import?dry_run=true`, bad);
    expect(dry.status).toBe(201);
    expect(dry.body).toMatchObject({ imported: 1, skipped: 1, total: 2, dry_run: true });
    expect(await stored(name)).toEqual([]);
    const good = await send(`${name}/entries/import?mode=all`, 'title,slug\nOne,one\nTwo,two\n');
    expect(good.body).toMatchObject({ imported: 2 });
    expect(await stored(name)).toHaveLength(2);
  });

  it('sees in a dry run what a row far behind would meet', async () => {
    const name = await posts();
    const rows = Array.from({ length: 1200 }, (_, at) => `T,s${at === 1199 ? 0 : at}`);
    const dry = await send(`${name}/entries/import?dry_run=true`, `title,slug\n${rows.join('\n')}`);
    expect(dry.body).toMatchObject({ imported: 1199, skipped: 1, total: 1200 });
    expect(dry.body.errors).toMatchObject([{ row: 1200, field: 'slug', code: 'unique' }]);
  });

  it('takes as many statements for 400 rows as for 4', async () => {
    const name = await posts();
    const count = async (rows: number, from: number) => {
      const lines = Array.from({ length: rows }, (_, at) => `T,s${from + at},ada`);
      const file = `title,slug,author.slug\n${lines.join('\n')}\n`;
      const sent = await statementsOf(server, async () => {
        const reply = await send(`${name}/entries/import?upsert=slug`, file);
        expect(reply.body).toMatchObject({ imported: rows, errors: null });
      });
      return sent.length;
    };
    await count(2, 10_000);
    expect(await count(400, 0)).toBe(await count(4, 1000));
  });

  it('lets two imports of the same file be one', async () => {
    const name = await posts();
    const rows = Array.from({ length: 1500 }, (_, at) => `Title ${at},s${at}`);
    const file = `title,slug\n${rows.join('\n')}\n`;
    const reversed = `title,slug\n${rows.toReversed().join('\n')}\n`;
    const replies = await Promise.all([
      send(`${name}/entries/import?upsert=slug`, file),
      send(`${name}/entries/import?upsert=slug`, reversed),
    ]);
    for (const { body } of replies) expect(body).toMatchObject({ skipped: 0, total: 1500 });
    expect(replies.reduce((sum, { body }) => sum + body.imported, 0)).toBe(1500);
    const { body } = await server.ask('GET', `/api/v1/collections/${name}/entries?limit=1`);
    expect(body['total']).toBe(1500);
  });

  it('takes a file as a form, as JSON and over tRPC', async () => {
    const name = await posts();
    expect((await send(`${name}/entries/import`, formOf('title\nOne\n'))).body.imported).toBe(1);
    const json = await server.ask('POST', `/api/v1/collections/${name}/entries/import`, {
      body: { file: 'title\nTwo\n' },
    });
    expect(json.body).toMatchObject({ imported: 1 });
    const trpc = await server.ask('POST', '/trpc/entries.import', {
      body: { collection: name, file: '{"title":"Three"}\n', format: 'ndjson' },
    });
    expect(trpc.status).toBe(200);
    expect(await stored(name)).toHaveLength(3);
  });
});
