import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** What must hold when many ask for the same thing at once; the database holds it. */
let server: TestServer;
let second: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  // Another server process's worth of caches on the same database.
  second = await startTestServer({ databaseUrl: server.databaseUrl });
  await server.ask('POST', '/api/v1/collections', {
    body: {
      name: 'posts',
      fields: [
        { name: 'slug', type: 'slug', unique: true },
        { name: 'count', type: 'integer' },
      ],
    },
  });
});
afterAll(async () => {
  await second.close();
  await server.close();
});

const entries = '/api/v1/collections/posts/entries';
const times = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
const statuses = (replies: readonly { status: number }[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

it('lets one of 50 creates of one slug win and names the field to the others', async () => {
  const replies = await times(50, (index) =>
    (index % 2 ? server : second).ask('POST', entries, { body: { slug: 'same' } }),
  );
  expect(statuses(replies)).toEqual({ 201: 1, 409: 49 });
  const refused = replies.find((reply) => reply.status === 409);
  expect(refused?.body['error']?.['details']).toMatchObject([{ field: 'slug', code: 'unique' }]);
  const list = await server.ask('GET', entries);
  expect(list.body['total']).toBe(1);
});

it('lets one of 100 updates of one version win', async () => {
  const { body } = await server.ask('POST', entries, { body: { slug: 'counted', count: 0 } });
  const path = `${entries}/${body['id']}`;
  const replies = await times(100, (index) =>
    (index % 2 ? server : second).ask('PATCH', path, {
      body: { count: index },
      headers: { 'if-match': '"1"' },
    }),
  );
  expect(statuses(replies)).toEqual({ 200: 1, 412: 99 });
  expect((await server.ask('GET', path)).body['version']).toBe(2);
});

it('loses no increment when 100 writers read and retry with If-Match', async () => {
  const { body } = await server.ask('POST', entries, { body: { slug: 'sum', count: 0 } });
  const path = `${entries}/${body['id']}`;
  const increment = async (index: number): Promise<void> => {
    for (;;) {
      const at = index % 2 ? server : second;
      const read = await at.ask('GET', path);
      const reply = await at.ask('PATCH', path, {
        body: { count: Number(read.body['data']?.['count']) + 1 },
        headers: { 'if-match': read.headers.get('etag') ?? '' },
      });
      if (reply.status === 200) return;
      expect(reply.status).toBe(412);
    }
  };
  await times(20, increment);
  const end = await server.ask('GET', path);
  expect(end.body).toMatchObject({ version: 21, data: { count: 20 } });
});

it('creates one collection of 10 of one name, whatever the case', async () => {
  const replies = await times(10, (index) =>
    (index % 2 ? server : second).ask('POST', '/api/v1/collections', {
      body: { name: index % 2 ? 'Authors' : 'authors', fields: [] },
    }),
  );
  expect(statuses(replies)).toEqual({ 201: 1, 409: 9 });
});

it('knows a collection at once that another server has made', async () => {
  for (let round = 0; round < 10; round += 1) {
    await server.ask('POST', '/api/v1/collections', { body: { name: `fresh_${round}` } });
    const list = await second.ask('GET', `/api/v1/collections/fresh_${round}/entries`);
    expect(list.status).toBe(200);
  }
});

it('answers an Idempotency-Key once: one entry, the others get its answer or are told to wait', async () => {
  const ask = () =>
    server.ask('POST', entries, {
      body: { slug: 'once' },
      headers: { 'idempotency-key': 'race-1' },
    });
  const replies = await times(20, ask);
  const made = replies.filter((reply) => reply.status === 201);
  expect(made.length + replies.filter((reply) => reply.status === 409).length).toBe(20);
  expect(new Set(made.map((reply) => reply.body['id'])).size).toBe(1);
  expect(made.filter((reply) => !reply.headers.get('idempotent-replayed'))).toHaveLength(1);
});

it('never leaves a reference to a deleted entry', async () => {
  await server.ask('POST', '/api/v1/collections', {
    body: {
      name: 'notes',
      fields: [{ name: 'post', type: 'relation', options: { collection: 'posts' } }],
    },
  });
  for (let round = 0; round < 10; round += 1) {
    const { body } = await server.ask('POST', entries, { body: { slug: `target-${round}` } });
    const [deleted, ...referred] = await Promise.all([
      server.ask('DELETE', `${entries}/${body['id']}`),
      ...[server, second, server].map((each) =>
        each.ask('POST', '/api/v1/collections/notes/entries', { body: { post: body['id'] } }),
      ),
    ]);
    const made = referred.filter((reply) => reply.status === 201);
    // Either it was deleted and nobody refers to it, or somebody does and it is there.
    if (deleted?.status === 204) expect(made).toHaveLength(0);
    else {
      expect(deleted?.status).toBe(409);
      expect(made.length).toBeGreaterThan(0);
    }
    for (const reply of referred) expect([201, 422]).toContain(reply.status);
  }
});

it('keeps every entry whole while the schema changes under its writers', async () => {
  const made = await server.ask('POST', '/api/v1/collections', {
    body: { name: 'moving', fields: [{ name: 'a', type: 'text' }] },
  });
  const [field] = made.body['fields'] as unknown as [{ id: string }];
  const writers = times(40, (index) =>
    (index % 2 ? server : second).ask('POST', '/api/v1/collections/moving/entries', {
      body: { a: `value ${index}` },
    }),
  );
  const rename = server.ask('PATCH', '/api/v1/collections/moving', {
    body: { fields: [{ id: field.id, name: 'b', type: 'text' }] },
  });
  const replies = await writers;
  expect((await rename).status).toBe(200);
  // Who came after the rename is told that there is no "a" any more.
  for (const reply of replies) expect([201, 422]).toContain(reply.status);
  const list = await second.ask('GET', '/api/v1/collections/moving/entries?limit=100');
  const items = list.body['items'] as unknown as { data: Record<string, unknown> }[];
  expect(items).toHaveLength(replies.filter((reply) => reply.status === 201).length);
  for (const item of items) expect(Object.keys(item.data)).toEqual(['b']);
});

it('makes as many collections at once as are asked for, and one of each name', async () => {
  const fields = [{ name: 'title', type: 'text', indexed: true }];
  const replies = await times(40, (index) =>
    (index % 2 ? server : second).ask('POST', '/api/v1/collections', {
      body: { name: `many_${index >> 1}`, fields },
    }),
  );
  expect(statuses(replies)).toEqual({ 201: 20, 409: 20 });
});
