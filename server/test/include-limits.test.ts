import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { fillLibrary } from './library.ts';
import { statementsOf } from './statements.ts';

/** What includes cost: statements by levels, never by rows, and entries up to a bound. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await fillLibrary(server, 100);
});
afterAll(() => server.close());

const posts = '/api/v1/collections/posts/entries';
const count = (query: string) =>
  statementsOf(server, async () => {
    const { status } = await server.ask('GET', `${posts}?count=none&${query}`);
    expect(status).toBe(200);
  });

it.each([2, 100])(
  'reads the first level with the list, each deeper one by a statement a collection, of %d posts',
  async (limit) => {
    await count('limit=1');
    const paged = `limit=${limit}`;
    expect(await count(paged)).toHaveLength(1);
    expect(await count(`${paged}&include=author,editor`)).toHaveLength(1);
    expect(await count(`${paged}&include=author.company,editor.company`)).toHaveLength(2);
    expect(await count(`${paged}&include=author,comments,note`)).toHaveLength(1);
    expect(await count(`${paged}&include[comments][limit]=2&include=author`)).toHaveLength(2);
    // A sort without an index picks ids first: what is included is read by itself then.
    expect(await count(`${paged}&include=author&sort=title`)).toHaveLength(2);
    expect(await count(`${paged}&fields=title`)).toHaveLength(1);
  },
);

describe('10,000 included entries in one answer', () => {
  const nodes = '/api/v1/collections/nodes/entries';
  beforeAll(async () => {
    const links = {
      name: 'links',
      type: 'relation',
      options: { collection: 'nodes', multiple: true },
    };
    await server.ask('POST', '/api/v1/collections', { body: { name: 'nodes', fields: [] } });
    await server.ask('PATCH', '/api/v1/collections/nodes', { body: { fields: [links] } });
    const entries = Array.from({ length: 100 }, () => ({ data: {} }));
    const made = await server.ask('POST', `${nodes}/bulk`, { body: { entries } });
    const ids = (made.body['items'] ?? []).map(({ id }) => id);
    const changes = ids.map((id) => ({ id, data: { links: ids } }));
    const linked = await server.ask('PUT', `${nodes}/bulk`, { body: { entries: changes } });
    expect(linked.status, linked.text).toBe(200);
  });

  it('are given', async () => {
    const { status, body } = await server.ask('GET', `${nodes}?limit=100&include=links`);
    expect(status).toBe(200);
    expect(body['items']?.[99]?.['data']?.['links']?.[99]).toMatchObject({ collection: 'nodes' });
    expect((await server.ask('GET', `${nodes}?limit=1&include=links.links.links`)).status).toBe(
      400,
    );
  });

  it('and not one more, wherever it stands', async () => {
    for (const query of ['limit=100&include=links.links', 'limit=1&include=links.links']) {
      const { status, body } = await server.ask('GET', `${nodes}?${query}`);
      expect([status, body['error']?.['message']]).toEqual([
        400,
        expect.stringContaining('10000 included entries'),
      ]);
    }
    const limited = 'limit=100&include[links][limit]=9&include[links.links][limit]=9';
    expect((await server.ask('GET', `${nodes}?${limited}`)).status).toBe(200);
  });
});
