import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropIndexes, hasMeilisearch, indexNames, meiliClient, meiliConfig } from './engines.ts';
import { askFor, startTestServer, type TestServer } from './harness.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

/** Servers that feed Meilisearch are killed while they do; what was committed is in the index all the same. */
describe.runIf(hasMeilisearch())('feeding Meilisearch', () => {
  const meili = meiliConfig();
  const dataDir = mkdtempSync(join(tmpdir(), 'cms-feed-'));
  const entries = '/api/v1/collections/posts/entries';
  let database: TestServer;
  const running = new Set<ServerProcess>();

  const start = async (): Promise<ServerProcess> => {
    const started = await startServerProcess(dataDir, {
      DATABASE_URL: database.databaseUrl,
      MEILI_URL: meili.url,
      MEILI_API_KEY: meili.apiKey ?? '',
      MEILI_INDEX_PREFIX: meili.prefix,
      SEARCH_FALLBACK: 'none',
    });
    running.add(started);
    return started;
  };
  const kill = async (server: ServerProcess) => {
    running.delete(server);
    await server.kill('SIGKILL');
  };

  beforeAll(async () => {
    // Without Meilisearch: it only holds the database, and feeds nothing.
    database = await startTestServer();
    const fields = [{ name: 'title', type: 'text' }];
    const made = await database.ask('POST', '/api/v1/collections', {
      body: { name: 'posts', fields },
    });
    expect(made.status, made.text).toBe(201);
  }, 60_000);
  afterAll(async () => {
    for (const server of running) await server.kill('SIGTERM');
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
    await dropIndexes(meili.prefix);
  });

  it('is gone on with by another server after kill -9, again and again', async () => {
    const total = 6_000;
    const ids: string[] = [];
    let [first, second] = [await start(), await start()];
    for (let at = 0; at < total; at += 500) {
      const items = Array.from({ length: 500 }, (_, index) => ({
        data: { title: `Acorn ${at + index}` },
      }));
      const made = await askFor(second.url, 'POST', `${entries}/bulk`, {
        body: { entries: items },
      });
      expect(made.status, made.text).toBe(201);
      ids.push(...(made.body['items'] as unknown as { id: string }[]).map(({ id }) => id));
      if (at % 2000 !== 1500) continue;
      // The older one, which leads.
      await kill(first);
      [first, second] = [second, await start()];
    }
    const gone = ids.slice(100, 200);
    const deleted = await askFor(second.url, 'DELETE', `${entries}/bulk`, {
      body: { entry_ids: gone },
    });
    expect(deleted.status, deleted.text).toBe(200);
    await kill(first);
    await expectWhole(second, total - gone.length);
  }, 180_000);

  /** Waits until the index of the posts is live and holds so many. */
  async function expectWhole(server: ServerProcess, count: number): Promise<void> {
    const begun = performance.now();
    for (;;) {
      const { body } = await askFor(server.url, 'GET', '/api/v1/search/status');
      const indexes = body['indexes'] as unknown as { state: string }[];
      const isLive = indexes.length === 1 && indexes[0]?.state === 'live';
      if (isLive && body['behind']?.['changes'] === (0 as never)) break;
      if (performance.now() - begun > 90_000) throw new Error(JSON.stringify(body));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const found = await askFor(
      server.url,
      'GET',
      `${entries}/search?q=%22acorn%205999%22&consistency=wait`,
    );
    expect([found.status, found.body['total']]).toEqual([200, 1]);
    const names = await indexNames(meili.prefix);
    const stats = await Promise.all(names.map((name) => meiliClient().index(name).getStats()));
    expect(stats.map(({ numberOfDocuments }) => numberOfDocuments)).toContain(count);
  }
});
