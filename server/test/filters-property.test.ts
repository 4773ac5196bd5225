import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FilterCase } from './filter-case.ts';
import { filterCases } from './filter-cases.ts';
import { type Json, startTestServer, type TestServer } from './harness.ts';
import { makeWorld, type Row, type World } from './rules-data.ts';
import { patience, runs } from './runs.ts';
import { type SortCase, sortCases } from './sort-cases.ts';

/**
 * The same question in every spelling, through every family's route and through tRPC: the same entries in the
 * same order and the same total, and those that plain JavaScript finds.
 */
let server: TestServer;
let world: World;
beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
});
afterAll(() => server.close());

interface Window {
  readonly size: number;
  readonly page: number;
}
interface Question {
  readonly filter: FilterCase;
  readonly sort: SortCase;
  readonly window: Window;
}
interface Answer {
  readonly ids: readonly string[];
  readonly total: number;
}

const window = fc.record({
  size: fc.integer({ min: 1, max: 15 }),
  page: fc.integer({ min: 1, max: 4 }),
});

/** `filter[_or][0][title][eq]=x`, and a list as a key that repeats. */
function inBrackets(value: unknown, key: string, within = false): string[] {
  if (typeof value !== 'object' || value === null)
    return [`${key}=${encodeURIComponent(String(value))}`];
  const isList = Array.isArray(value) && typeof value[0] !== 'object';
  return Object.entries(value).flatMap(([name, each]) => {
    if (isList) return inBrackets(each, key, true);
    const part = encodeURIComponent(name);
    return inBrackets(each, within || key !== '' ? `${key}[${part}]` : part, true);
  });
}
/** Query strings nest brackets six deep. */
const isReadable = (parameters: readonly string[]) =>
  parameters.every((each) => (each.match(/\[/g) ?? []).length <= 6);

const answerOf = (body: Json): Answer => {
  const items = (body['items'] ?? body['data']) as unknown as { id: string }[];
  const total = (body['total'] ?? body['meta']?.['total']) as unknown as number;
  return { ids: items.map(({ id }) => id), total };
};

/** The question as URLs, and as bodies of a search. */
function* overRest({
  filter,
  sort,
  window: { size, page },
}: Question): Generator<readonly [method: string, path: string, body?: object]> {
  const entries = '/api/v1/collections/posts/entries';
  const records = '/api/v1/collections/posts/records';
  const models = '/api/models/posts/entries';
  const sorted = sort.text === undefined ? [] : [`sort=${encodeURIComponent(sort.text)}`];
  const url = (path: string, ...parameters: readonly string[]) =>
    ['GET', `${path}?${[...parameters, ...sorted].join('&')}`] as const;
  const pages = [`page=${page}`, `per_page=${size}`];
  const offset = [`limit=${size}`, `offset=${(page - 1) * size}`];
  const named = [`page=${page}`, `pageSize=${size}`];
  if (filter.text) {
    const bare = inBrackets(filter.text, '');
    const brackets = inBrackets(filter.text, 'filter');
    if (isReadable(bare)) yield url(entries, ...bare, ...offset);
    if (isReadable(brackets)) {
      yield url(entries, ...pages, ...brackets);
      yield url(models, ...named, ...brackets);
      yield url(records, ...brackets, ...pages);
    }
  }
  if (filter.expression !== undefined) {
    const text = encodeURIComponent(filter.expression);
    yield url(records, ...pages, `filter=${text}`);
    // Unencoded && is the document's own way; what else means something in a URL is encoded.
    yield url(
      entries,
      `filter=${text.replaceAll('%26%26', '&&')}`,
      `limit=${size}`,
      `page=${page}`,
    );
  }
  const by = sort.text ?? '-created_at';
  const inBody = { sort: by, limit: size, offset: (page - 1) * size };
  yield ['POST', `${entries}/search`, { query: filter.query, ...inBody }];
  yield [
    'POST',
    `${entries}/search?${pages.join('&')}`,
    { query: { must: [filter.json] }, sort: by },
  ];
}

/** The question as calls of procedures. */
function* overTrpc({
  filter,
  sort,
  window: { size, page },
}: Question): Generator<readonly [procedure: string, input: object]> {
  const collection = 'posts';
  const sorted = sort.text === undefined ? {} : { sort: sort.text };
  const paged = { collection, page, per_page: size, ...sorted };
  yield ['entries.list', { ...paged, filter: filter.json }];
  yield ['records.list', { ...paged, filter: filter.json }];
  yield [
    'models.list',
    { modelKey: 'posts', page, pageSize: size, ...sorted, filter: filter.json },
  ];
  if (filter.expression !== undefined) {
    yield ['entries.list', { ...paged, filter: filter.expression }];
    yield ['records.list', { ...paged, filter: { _and: [filter.expression] } }];
  }
  if (filter.text) yield ['entries.list', { ...paged, filter: filter.text }];
  const by = { ...paged, sort: sort.text ?? '-created_at' };
  yield ['entries.searchBy', { ...by, query: filter.query }];
}

async function askTrpc(calls: readonly (readonly [string, object])[]): Promise<Answer[]> {
  const names = calls.map(([name]) => name).join();
  const inputs = encodeURIComponent(JSON.stringify({ ...calls.map(([, input]) => input) }));
  const { status, text } = await server.ask('GET', `/trpc/${names}?batch=1&input=${inputs}`);
  expect(status, text).toBe(200);
  const replies = JSON.parse(text) as { result: { data: Json } }[];
  return replies.map(({ result }) => answerOf(result.data));
}

/** What plain JavaScript finds. */
function expected({ filter, sort, window: { size, page } }: Question): Answer {
  const found = world.posts.filter((row) => filter.holds(row, world));
  const inOrder = found.toSorted((a: Row, b: Row) => sort.compare(a, b, world));
  const ids = inOrder.map(({ id }) => id);
  return { ids: ids.slice((page - 1) * size, page * size), total: ids.length };
}

it(
  'has one answer in every spelling, at every door',
  async () => {
    const question = fc.record({ filter: filterCases(world), sort: sortCases, window });
    let rich = 0;
    const property = fc.asyncProperty(question, async (asked) => {
      const wanted = expected(asked);
      const viaRest = [...overRest(asked)].map(async ([method, path, body]) => {
        const reply = await server.ask(method, path, body ? { body } : {});
        if (reply.status !== 200)
          throw new Error(`${method} ${path} ${JSON.stringify(body)}: ${reply.text}`);
        expect([path, body, answerOf(reply.body)]).toEqual([path, body, wanted]);
      });
      await Promise.all(viaRest);
      const calls = [...overTrpc(asked)];
      const answers = await askTrpc(calls);
      expect(answers.map((answer, at) => [calls[at], answer])).toEqual(
        calls.map((call) => [call, wanted]),
      );
      if (viaRest.length === 8 && calls.length === 7 && wanted.ids.length > 1) rich += 1;
    });
    const asMany = runs(250);
    await fc.assert(property, asMany);
    // Enough can be said in every way, and find something, for the rest to mean something.
    expect(rich).toBeGreaterThan(asMany.numRuns / 10);
  },
  patience(120_000),
);
