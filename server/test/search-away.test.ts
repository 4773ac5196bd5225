import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** A Meilisearch that was never there: the product starts, writes and, where that is wanted, searches without it. */
describe.each([true, false])('Meilisearch away, PostgreSQL for it: %s', (fallback) => {
  let server: TestServer;
  const entries = '/api/v1/collections/posts/entries';
  beforeAll(async () => {
    const meili = { url: await nobodyThere(), apiKey: 'secret-key', prefix: 'away', fallback };
    server = await startTestServer({ config: { meili } });
    const fields = [{ name: 'title', type: 'text' }];
    const body = { name: 'posts', fields, rules: { list: '' } };
    expect((await server.ask('POST', '/api/v1/collections', { body })).status).toBe(201);
    expect((await server.ask('POST', entries, { body: { title: 'Sugar' } })).status).toBe(201);
  });
  afterAll(() => server.close());

  it.each([
    `${entries}/search?q=sugar`,
    `${entries}/search?q=sugar&consistency=wait`,
    `${entries}/search?q=sugar&sort=title&facets=status`,
    `${entries}?search=sugar`,
    '/api/v1/search?q=sugar',
  ])('%s', async (path) => {
    const reply = await server.ask('GET', path);
    if (fallback) {
      expect([reply.status, (reply.body['items'] as unknown as []).length]).toEqual([200, 1]);
      return;
    }
    expect([reply.status, reply.body['code']]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(reply.text).toContain('try again soon');
    expect(reply.text).not.toMatch(/secret-key|127\.0\.0\.1|fetch/);
  });

  it('what Meilisearch need not be asked is answered', async () => {
    const reply = await server.ask('POST', `${entries}/search`, {
      body: { query: { must: { term: { title: 'Sugar' } } } },
    });
    expect([reply.status, reply.body['total']]).toEqual([200, 1]);
    expect((await server.ask('GET', entries)).status).toBe(200);
  });

  it('says so', async () => {
    const { body } = await server.ask('GET', '/api/v1/search/status');
    expect(body).toMatchObject({
      engine: 'meilisearch',
      available: false,
      indexes: [{ collection: 'posts', state: 'building', current: true }],
    });
    const health = await server.ask('GET', '/health');
    expect([health.status, health.body['checks']]).toEqual([
      200,
      { database: 'ok', search: 'failed' },
    ]);
    const asNobody = await server.ask('GET', '/api/v1/search/status', { key: null });
    expect(asNobody.status).toBe(401);
  });
});

/** The address of a port that was just given back. */
async function nobodyThere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
