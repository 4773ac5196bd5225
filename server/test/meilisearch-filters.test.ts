import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CollectionCtx } from '../src/content/context.ts';
import { compileRead, readerScope } from '../src/content/filters/compile-filter.ts';
import { readFilter } from '../src/content/filters/read-filter.ts';
import { pushFilter } from '../src/content/search/meilisearch/push-filter.ts';
import { collectionCtx } from './collection-ctx.ts';
import { dropIndexes, hasMeilisearch, indexNames, meiliClient, meiliConfig } from './engines.ts';
import { filterCases } from './filter-cases.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { makeWorld, type World } from './rules-data.ts';

/** What Meilisearch is told of a condition lets through all entries that meet it, and no others where it says so. */
describe.runIf(hasMeilisearch())('filters in Meilisearch', () => {
  const meili = meiliConfig();
  let server: TestServer;
  let world: World;
  let ctx: CollectionCtx;
  let uid: string;
  beforeAll(async () => {
    server = await startTestServer({ config: { meili } });
    world = await makeWorld(server);
    ctx = await collectionCtx(server, 'posts');
    const settled = '/api/v1/search?q=a&consistency=wait';
    expect((await server.ask('GET', settled)).status).toBe(200);
    const names = await indexNames(meili.prefix);
    uid = names.find((name) => name.includes(ctx.collection.id)) ?? '';
  });
  afterAll(async () => {
    await server.close();
    await dropIndexes(meili.prefix);
  });

  it('are never narrower than SQL, and as exact as they say', async () => {
    const scope = await readerScope(ctx);
    const { fields } = ctx.collection;
    let exact = 0;
    const property = fc.asyncProperty(filterCases(world), async ({ json, holds }) => {
      const expected = world.posts.filter((row) => holds(row, world)).map(({ id }) => id);
      const pushed = pushFilter(compileRead(ctx, scope, readFilter(json)), fields);
      const { hits } = await meiliClient()
        .index(uid)
        .search('', { limit: 1000, ...(pushed.filter === null ? {} : { filter: pushed.filter }) });
      const found = new Set(hits.map((hit) => String(hit['id'])));
      expect(expected.filter((id) => !found.has(id))).toEqual([]);
      if (!pushed.exact) return;
      exact += 1;
      expect(found.size).toBe(expected.length);
    });
    await fc.assert(property, { numRuns: Number(process.env['TEST_RUNS'] ?? 500) });
    expect(exact).toBeGreaterThan(50);
  }, 120_000);
});
