import { Writable } from 'node:stream';
import fc from 'fast-check';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, type Reply, startTestServer, type TestServer } from './harness.ts';
import { dictionary } from './hostile.ts';
import { hostileRequests, type Sent, wire } from './hostile-requests.ts';
import { makeWorld } from './rules-data.ts';
import { patience, runs } from './runs.ts';

/**
 * What looks for a way in, put wherever a question takes a text, over HTTP to a real database: an answer or a
 * refusal, never a failure, nothing of the database in a reply, and nothing in the database is another.
 */
let server: TestServer;
const errors: string[] = [];
const log = pino(
  { level: 'error' },
  new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      errors.push(chunk.toString());
      done();
    },
  }),
);
const entries = '/api/v1/collections/notes/entries';
/** Those that a text can hold. */
const storable = [...new Set(dictionary)].filter(
  (text) => text.isWellFormed() && !text.includes('\u0000'),
);

beforeAll(async () => {
  server = await startTestServer({ log });
  await makeWorld(server);
  const fields = [{ name: 'title', type: 'text' }];
  await server.ask('POST', '/api/v1/collections', { body: { name: 'notes', fields } });
  const items = storable.map((title) => ({ title }));
  const made = await server.ask('POST', `${entries}/bulk`, { body: { entries: items } });
  expect(made.status, made.text).toBe(201);
});
afterAll(() => server.close());

/** What the database, its driver or our code says of a failure. */
const hidden =
  /syntax error at|invalid input syntax|does not exist|SQLSTATE|DatabaseError|node_modules|invalid byte sequence|out of range for type|stack depth|current transaction|cannot cast|operator is not unique/;

const MAX_URL = 16_384;

/** A question is answered or malformed; a body may be invalid, and what a path names may be missing. */
function statusesOf({ method, path }: Sent): readonly number[] {
  if (method === 'POST') return [200, 400, 422];
  const names = /^\/api\/v1\/(search|collections\/[^/]*\/entries\/)/.test(path);
  const found = names ? [200, 400, 404] : [200, 400];
  return path.length > MAX_URL ? [...found, 414] : found;
}

function check(sent: Sent, { status, text }: Reply): void {
  const isCoded = status === 200 || /"code":"[A-Z_]+"/.test(text);
  if (statusesOf(sent).includes(status) && isCoded && !hidden.test(text)) return;
  const asked = `${sent.method} ${sent.path} ${JSON.stringify(sent.body) ?? ''}`;
  throw new Error(`${status} for ${asked}: ${text.slice(0, 500)}`);
}

/** Each table's rows as one number; the audit's come a moment after what they tell of. */
async function tables(): Promise<Record<string, string>> {
  const { pool } = server.app.services.database;
  const { rows: names } = await pool.query<{ name: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') and tablename not like 'audit%'`,
  );
  const found: Record<string, string> = {};
  for (const { name } of names) {
    const { rows } = await pool.query<{ sum: string }>(
      `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as sum from ${name} as t`,
    );
    found[name] = String(rows[0]?.sum);
  }
  return found;
}

it('is answered or refused, and does nothing', { timeout: patience(120_000) }, async () => {
  const before = await tables();
  let answered = 0;
  const property = fc.asyncProperty(
    fc.array(hostileRequests, { minLength: 6, maxLength: 6 }),
    async (requests) => {
      const asked = requests.map(async (sent) => {
        const reply = await server.ask(sent.method, sent.path, sent.body === undefined ? {} : sent);
        check(sent, reply);
        if (reply.status === 200) answered += 1;
      });
      await Promise.all(asked);
    },
  );
  const asMany = runs(700);
  await fc.assert(property, asMany);
  expect(answered).toBeGreaterThan(asMany.numRuns / 2);
  expect(await tables()).toEqual(before);
  expect(errors).toEqual([]);
});

it('is a text like any other as a value, in every spelling', async () => {
  const titles = (body: Json, key = 'items') =>
    (body[key] as unknown as { data: { title: string } }[]).map(({ data }) => data.title);
  for (const title of storable) {
    const text = wire(title);
    const quoted = wire(`title = '${title.replaceAll(/[\\']/g, '\\$&')}'`);
    const query = { must: [{ term: { title } }], must_not: [{ title: { ne: title } }] };
    const input = wire(JSON.stringify({ collection: 'notes', filter: { title: { eq: title } } }));
    const [bare, models, records, search, rpc] = await Promise.all([
      server.ask('GET', `${entries}?title=${text}`),
      server.ask('GET', `/api/models/notes/entries?filter[title][eq]=${text}`),
      server.ask('GET', `/api/v1/collections/notes/records?filter=${quoted}`),
      server.ask('POST', `${entries}/search`, { body: { query } }),
      server.ask('GET', `/trpc/entries.list?input=${input}`),
    ]);
    expect([title, titles(bare.body)]).toEqual([title, [title]]);
    expect([title, titles(models.body, 'data')]).toEqual([title, [title]]);
    expect([title, titles(records.body)]).toEqual([title, [title]]);
    expect([title, titles(search.body)]).toEqual([title, [title]]);
    const result = rpc.body['result']?.['data'] as unknown as Json;
    expect([title, titles(result)]).toEqual([title, [title]]);
  }
});

it('is no field that is lost on the way: every door refuses __proto__', async () => {
  const lost = '{"__proto__":"x"}';
  const input = wire(`{"collection":"notes","filter":{"_and":[${lost}]}}`);
  const replies = await Promise.all([
    server.ask('GET', `${entries}?__proto__=x`),
    server.ask('GET', `${entries}?__proto__[eq]=x`),
    server.ask('GET', `${entries}?filter[_not][__proto__]=x`),
    server.ask('GET', `${entries}?include[__proto__][limit]=1`),
    server.ask('GET', `/api/models/notes/entries?filter[__proto__][eq]=x`),
    server.ask('GET', `/api/v1/collections/notes/records?filter[__proto__]=x`),
    server.ask('GET', `${entries}/aggregate?filter[__proto__]=x`),
    server.ask('GET', `${entries}/export?format=csv&filter[__proto__]=x`),
    server.ask('GET', `/trpc/entries.list?input=${input}`),
  ]);
  expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 400));
  expect(replies[2]?.body['error']?.['details']).toMatchObject([
    { field: 'filter[_not][__proto__]', code: 'unknown_parameter' },
  ]);
  const body = `{"query":{"must_not":[${lost}]}}`;
  const bodies = await Promise.all([
    server.ask('POST', `${entries}/search`, { body }),
    server.ask('POST', `${entries}/aggregate`, { body: `{"filter":${lost}}` }),
    server.ask('POST', entries, { body: `{"data":{"title":"x","__proto__":1}}` }),
    server.ask('POST', entries, { body: `{"title":"x","__proto__":{}}` }),
  ]);
  expect(bodies.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
});

it('takes no time to look for a text that is too long', async () => {
  const words = Array.from({ length: 20_000 }, (_, at) => `w${at}`).join(' ');
  const wild = '%_'.repeat(20_000);
  for (const asked of [{ match: words }, { contains: wild }, { startsWith: wild }]) {
    const query = { must: [{ title: asked }] };
    const reply = await server.ask('POST', `${entries}/search`, { body: { query } });
    expect([reply.status, reply.body['error']?.['message']]).toEqual([
      400,
      expect.stringContaining('2000 characters'),
    ]);
  }
});
