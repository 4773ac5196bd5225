import { type Contract, contracts } from '@cms/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CollectionCtx } from '../src/content/context.ts';
import { listEntries } from '../src/features/entries/list-entries.ts';
import { inputReader } from '../src/http/rest/read-input.ts';
import { collectionCtx } from './collection-ctx.ts';
import { filterCases } from './filter-cases.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { makeWorld, type World } from './rules-data.ts';

/** One filter in all its spellings, against plain JavaScript. */
let server: TestServer;
let world: World;
let ctx: CollectionCtx;
beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  ctx = await collectionCtx(server, 'posts');
});
afterAll(() => server.close());

/** The input that the REST door makes of a query string. */
const inputOf = (contract: Contract) => {
  const read = inputReader(contract);
  return (query: string) =>
    contract.input.parse(read({ headers: {} } as never, query, pathOf(contract), undefined)) as {
      filter: string | Record<string, unknown>;
    };
};
const pathOf = ({ path }: Contract) =>
  path.includes('{modelKey}') ? { modelKey: 'posts' } : { collection: 'posts' };
const byEntries = inputOf(contracts.entries.list);
const byRecords = inputOf(contracts.records.list);
const byModels = inputOf(contracts.models.list);

/** `filter[_or][0][title][eq]=x`. */
function inBrackets(value: unknown, key: string): string[] {
  if (typeof value !== 'object' || value === null)
    return [`${key}=${encodeURIComponent(String(value))}`];
  return Object.entries(value).flatMap(([name, each]) =>
    inBrackets(each, `${key}[${encodeURIComponent(name)}]`),
  );
}
/** `title[eq]=x`. */
const bare = (filter: object): string =>
  Object.entries(filter)
    .flatMap(([name, each]) => inBrackets(each, encodeURIComponent(name)))
    .join('&');

async function idsBy(filter: string | Record<string, unknown>): Promise<string[]> {
  const { list } = await listEntries(ctx, {
    filter,
    sort: 'id',
    limit: 100,
    defaultSize: 100,
    count: 'exact',
  });
  expect(list.total).toBe(list.rows.length);
  return list.rows.map((row) => row.entry_id);
}

it('every spelling matches the same entries as plain JavaScript', async () => {
  const property = fc.asyncProperty(filterCases, async ({ json, text, expression, holds }) => {
    const expected = world.posts
      .filter((row) => holds(row, world))
      .map(({ id }) => id)
      .toSorted();
    const brackets = inBrackets(text, 'filter').join('&');
    const spellings = [
      json as Record<string, unknown>,
      byModels(brackets).filter,
      byEntries(bare(text)).filter,
    ];
    if (expression !== undefined) {
      spellings.push(byRecords(`filter=${encodeURIComponent(expression)}`).filter);
      // Unencoded && is the document's own way; what else means something in a URL is encoded.
      const loose = encodeURIComponent(expression).replaceAll('%26%26', '&&');
      spellings.push(byRecords(`filter=${loose}`).filter);
    }
    for (const filter of spellings) expect(await idsBy(filter)).toEqual(expected);
  });
  await fc.assert(property, { numRuns: 400 });
}, 120_000);
