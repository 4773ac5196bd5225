import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedWords } from '../src/content/fields/entry-words.ts';
import type { Field } from '../src/content/fields/field.ts';
import { startTestServer, type TestServer } from './harness.ts';

/** The words that are stored with every entry are those of its data and fields, whatever was done to them. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const rows = <Row extends object>(text: string, values: unknown[] = []) =>
  server.app.services.database.sql.rows<Row>({ text }, values);

interface Stored {
  readonly storage: string;
  readonly fields: Field[];
}
const storedOf = async (name: string): Promise<Stored> => {
  const [found] = await rows<Stored>('select storage, fields from collections where name = $1', [
    name,
  ]);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};

/** How many entries there are, and how many whose words are not those of their data. */
async function stateOf(name: string) {
  const { storage, fields } = await storedOf(name);
  const [state] = await rows<{ entries: string; stale: string }>(
    `select count(*) as entries, count(*) filter (where words is distinct from ${storedWords(fields, 'data')}) as stale from ${storage}`,
  );
  return { entries: Number(state?.entries), stale: Number(state?.stale) };
}

async function collectionOf(name: string, fields: object[]): Promise<string> {
  const made = await server.ask('POST', '/api/v1/collections', {
    body: { name, fields, rules: { list: '', view: '' } },
  });
  expect(made.status, made.text).toBe(201);
  return `/api/v1/collections/${name}`;
}

const send = async (method: string, path: string, body: object): Promise<string> => {
  const { status, text, body: reply } = await server.ask(method, path, { body });
  expect(status, text).toBeLessThan(300);
  return String(reply['id']);
};

const totals = async (path: string, words: string) => {
  const query = `search?q=${encodeURIComponent(words)}`;
  const [own, open] = await Promise.all([
    server.ask('GET', `${path}/entries/${query}`),
    server.ask('GET', `${path}/entries/${query}`, { key: null }),
  ]);
  const totalOf = ({ body }: typeof own) => (body['similar'] ? 0 : Number(body['total']));
  return { owner: totalOf(own), anybody: totalOf(open) };
};

it('every way of writing stores them', async () => {
  await collectionOf('writers', [{ name: 'name', type: 'text' }]);
  const path = await collectionOf('books', [
    { name: 'title', type: 'text' },
    { name: 'body', type: 'editor' },
    { name: 'pages', type: 'integer' },
    { name: 'tags', type: 'select', options: { values: ['a', 'b'], multiple: true } },
    {
      name: 'by',
      type: 'relation',
      options: { collection: 'writers', on_delete: 'set_null' },
    },
    { name: 'seo', type: 'component', options: { fields: [{ name: 'about', type: 'text' }] } },
  ]);
  const by = await send('POST', '/api/v1/collections/writers/entries', { name: 'Ada' });
  const entry = (title: string) => ({ title, body: '<p>Some</p>', pages: 7, tags: ['a'], by });
  const one = await send('POST', `${path}/entries`, { ...entry('One'), seo: { about: 'it' } });
  const bulk = { entries: [entry('Two'), entry('Three')] };
  await send('POST', `${path}/entries/bulk`, bulk);
  await send('PATCH', `${path}/entries/${one}`, { title: 'Uno' });
  const list = (await server.ask('GET', `${path}/entries`)).body['items'] as unknown as {
    id: string;
  }[];
  const entries = list.map(({ id }, at) => ({ id, body: `new ${at}` }));
  await send('PUT', `${path}/entries/bulk`, { entries });
  const before = await rows<{ words: string }>(
    `select words::text from ${(await storedOf('books')).storage}`,
  );
  expect(before.every(({ words }) => words.includes('new'))).toBe(true);
  const gone = await server.ask('DELETE', `/api/v1/collections/writers/entries/${by}`);
  expect(gone.status, gone.text).toBeLessThan(300);
  expect(await stateOf('books')).toEqual({ entries: 3, stale: 0 });
  expect(await totals(path, 'uno')).toEqual({ owner: 1, anybody: 1 });
  // What is no text is looked into by a search of every value alone.
  expect(await totals(path, '7')).toEqual({ owner: 0, anybody: 0 });
});

describe('a change of fields', () => {
  const setUp = async (name: string) => {
    const path = await collectionOf(name, [
      { name: 'title', type: 'text' },
      { name: 'body', type: 'editor' },
      { name: 'note', type: 'text' },
      { name: 'rank', type: 'integer' },
    ]);
    const entries = [
      { title: 'Lamp', body: 'warm light', note: 'dusty', rank: 4 },
      { title: 'Light', body: 'a lamp', note: 'clean', rank: 5 },
    ];
    await send('POST', `${path}/entries/bulk`, { entries });
    const { fields } = await storedOf(name);
    const [title, body, note, rank] = fields.map(({ id, name: own, type }) => ({
      id,
      name: own,
      type,
    }));
    return {
      path,
      change: (all: object[]) => send('PATCH', `${path}?confirm=true`, { fields: all }),
      title,
      body,
      note,
      rank,
    } as {
      path: string;
      change: (all: object[]) => Promise<string>;
      title: object;
      body: object;
      note: object;
      rank: object;
    };
  };

  it('of order makes another field the title', async () => {
    const { path, change, title, body, note, rank } = await setUp('ordered');
    await change([note, title, body, rank]);
    expect(await stateOf('ordered')).toEqual({ entries: 2, stale: 0 });
    const { body: found } = await server.ask('GET', `${path}/entries/search?q=lamp`);
    const scores = (found['items'] as unknown as { score: number }[]).map(({ score }) => score);
    // Neither has it in the title any more.
    expect(scores[0]).toBeCloseTo(scores[1] as number, 3);
  });

  it('of names, types and number', async () => {
    const { path, change, title, body, note, rank } = await setUp('changed');
    await change([{ ...title, name: 'headline' }, body, note, rank]);
    expect(await stateOf('changed')).toEqual({ entries: 2, stale: 0 });
    await change([{ ...title, name: 'headline' }, body, note, { ...rank, type: 'text' }]);
    expect(await stateOf('changed')).toEqual({ entries: 2, stale: 0 });
    expect(await totals(path, '4')).toEqual({ owner: 1, anybody: 1 });
    await change([
      { name: 'summary', type: 'text' },
      { ...title, name: 'headline' },
      { ...rank, type: 'text' },
    ]);
    expect(await stateOf('changed')).toEqual({ entries: 2, stale: 0 });
    expect(await totals(path, 'dusty')).toEqual({ owner: 0, anybody: 0 });
    expect(await totals(path, 'lamp')).toEqual({ owner: 1, anybody: 1 });
  });

  it('that hides one, or opens it by a rule, hides its words from who may not read it', async () => {
    const { path, change, title, body, note, rank } = await setUp('hiding');
    expect(await totals(path, 'dusty')).toEqual({ owner: 1, anybody: 1 });
    await change([title, body, { ...note, hidden: true }, rank]);
    expect(await stateOf('hiding')).toEqual({ entries: 2, stale: 0 });
    expect(await totals(path, 'dusty')).toEqual({ owner: 1, anybody: 0 });
    expect(await totals(path, 'lamp -dusty')).toEqual({ owner: 1, anybody: 2 });
    await change([
      title,
      body,
      { ...note, hidden: false, rules: { read: '@request.auth.id != ""' } },
      rank,
    ]);
    expect(await totals(path, 'dusty')).toEqual({ owner: 1, anybody: 0 });
    await change([{ ...title, hidden: true }, body, { ...note, hidden: false, rules: {} }, rank]);
    expect(await stateOf('hiding')).toEqual({ entries: 2, stale: 0 });
    expect(await totals(path, 'dusty lamp')).toEqual({ owner: 1, anybody: 0 });
    expect(await totals(path, 'dusty')).toEqual({ owner: 1, anybody: 1 });
  });
});

it('of more fields than a function takes arguments', async () => {
  const texts = Array.from({ length: 120 }, (_, at) => ({ name: `t${at}`, type: 'text' }));
  const lists = Array.from({ length: 80 }, (_, at) => ({ name: `j${at}`, type: 'json' }));
  const path = await collectionOf('wide', [...texts, ...lists]);
  await send('POST', `${path}/entries`, { t0: 'first', t119: 'hundredth', j79: ['deep'] });
  expect(await totals(path, 'first hundredth')).toEqual({ owner: 1, anybody: 1 });
  const every = await server.ask('GET', `${path}/entries?search=deep&count=exact`);
  expect(every.status).toBe(200);
  expect(await stateOf('wide')).toEqual({ entries: 1, stale: 0 });
});

it('no text is too long to be written: it is found by its beginning', async () => {
  const path = await collectionOf('long', [
    { name: 'title', type: 'text' },
    { name: 'body', type: 'editor' },
    { name: 'seo', type: 'component', options: { fields: [{ name: 'about', type: 'text' }] } },
    { name: 'raw', type: 'json' },
  ]);
  // Different words of the letters that take most bytes.
  const letter = (at: number) => String.fromCodePoint(0x20000 + (at % 40_000));
  const long = (seed: number) =>
    Array.from({ length: 60_000 }, (_, at) => letter(at + seed) + letter(at * 7 + seed)).join(' ');
  await send('POST', `${path}/entries`, {
    title: `start ${long(1)}`,
    body: `middle ${long(2)} end`,
    seo: { about: long(3) },
    raw: long(4),
  });
  expect(await totals(path, 'start middle')).toEqual({ owner: 1, anybody: 1 });
  expect(await totals(path, 'end')).toEqual({ owner: 0, anybody: 0 });
  expect(await stateOf('long')).toEqual({ entries: 1, stale: 0 });
});

it('the migration makes them for what was there before', async () => {
  const { orm } = server.app.services.database;
  // The file in the repository is made of the entities, not of this database.
  orm.config.get('migrations').snapshot = false;
  await orm.migrator.down('Migration20261121171500');
  await orm.migrator.up();
  for (const name of ['books', 'hiding', 'wide'])
    expect(await stateOf(name)).toMatchObject({ stale: 0 });
  expect(await totals('/api/v1/collections/books', 'uno')).toEqual({ owner: 1, anybody: 1 });
});
