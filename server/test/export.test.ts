import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { rootKey, startTestServer, type TestServer } from './harness.ts';
import { statementsOf } from './statements.ts';
import { sendFile } from './transfers.fixture.ts';

/** Files out: what is in them, for whom, and how they are sent. */
const ROWS = 2500;
/** Well below the time that a test may take, well above what a busy machine needs. */
const PATIENCE_MS = 20_000;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const fields = [
    { name: 'title', type: 'text' },
    { name: 'status', type: 'text' },
    { name: 'secret', type: 'text', hidden: true },
  ];
  for (const [name, rules] of Object.entries({ posts: { list: '' }, many: {}, empty: {} }))
    await server.ask('POST', '/api/v1/collections', { body: { name, fields, rules } });
  const add = (title: string, status: string) =>
    server.ask('POST', '/api/v1/collections/posts/entries', {
      body: { data: { title, status: 'own', secret: 's' }, status },
    });
  await add('=1+1', 'published');
  await add('Draft', 'draft');
  const lines = Array.from({ length: ROWS }, (_, at) => `Title ${at}`);
  const sent = await sendFile(server, 'many/entries/import', `title\n${lines.join('\n')}\n`);
  expect(sent.body.imported).toBe(ROWS);
});
afterAll(() => server.close());

const get = (path: string, ask = {}) => server.ask('GET', `/api/v1/collections/${path}`, ask);

it('sends the system columns, then the fields; formulas are guarded', async () => {
  const reply = await get('posts/entries/export');
  expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(reply.headers.get('content-disposition')).toBe('attachment; filename="posts.csv"');
  expect(reply.headers.get('etag')).toBeNull();
  const [header, first, second, end] = reply.text.split('\r\n');
  expect(header).toBe('id,sys.status,created_at,updated_at,title,status,secret');
  expect(first).toMatch(/^ent_\w+,published,[-\dT:.]+Z,[-\dT:.]+Z,'=1\+1,own,s$/);
  expect(second).toMatch(/,draft,.*,Draft,own,s$/);
  expect(end).toBe('');
});

it('shows the public what its lists show: published entries, no hidden field', async () => {
  const csv = await get('posts/entries/export', { key: null });
  expect(csv.text.split('\r\n')).toHaveLength(3);
  expect(csv.text).not.toContain('secret');
  const ndjson = await get('posts/entries/export?format=ndjson', { key: null });
  const entry = JSON.parse(ndjson.text) as object;
  expect(entry).toMatchObject({ status: 'published', data: { title: '=1+1', status: 'own' } });
  expect((await get('many/entries/export', { key: null })).status).toBe(401);
});

it('goes by the Accept header, and refuses what it cannot send', async () => {
  const headers = { accept: 'application/x-ndjson' };
  const reply = await get('posts/entries/export', { headers });
  expect(reply.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  expect(reply.text.trim().split('\n')).toHaveLength(2);
  expect((await get('posts/entries/export', { headers: { accept: 'text/html' } })).status).toBe(
    406,
  );
  const s4 = await get('posts/records/export/csv', { headers });
  expect(s4.status).toBe(406);
});

it('is a header alone where there is nothing, and nothing at all for HEAD', async () => {
  expect((await get('empty/entries/export')).text).toBe(
    'id,sys.status,created_at,updated_at,title,status,secret\r\n',
  );
  const head = await server.ask('HEAD', '/api/v1/collections/many/entries/export');
  expect([head.status, head.text]).toEqual([200, '']);
});

it('reads a thousand rows a statement, and the same over tRPC', async () => {
  const sent = await statementsOf(server, async () => {
    const reply = await get('many/entries/export');
    expect(reply.text.split('\r\n')).toHaveLength(ROWS + 2);
  });
  expect(sent.filter((each) => each.includes('entry_id > $2'))).toHaveLength(4);
  const input = encodeURIComponent(JSON.stringify({ collection: 'many', format: 'ndjson' }));
  const trpc = await server.ask('GET', `/trpc/entries.export?input=${input}`);
  const text = (trpc.body as unknown as { result: { data: string } }).result.data;
  expect(text.trim().split('\n')).toHaveLength(ROWS);
});

it('gives its connection back when a client goes, and takes few at a time', async () => {
  const { pool } = server.app.services.database;
  const { hostname, port } = new URL(server.url);
  const hold = () => {
    const socket = connect(Number(port), hostname);
    // Paused before it begins to read, it never does: what fits into the smallest buffers is sent, the rest waits.
    socket.pause();
    socket.on('error', () => undefined);
    socket.write(
      `GET /api/v1/collections/many/entries/export HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${rootKey}\r\n\r\n`,
    );
    return socket;
  };
  const busy = () => pool.totalCount - pool.idleCount;
  const fat = 'x'.repeat(200_000);
  for (let at = 0; at < 5; at += 1)
    await server.ask('POST', '/api/v1/collections/many/entries/bulk', {
      body: { entries: Array.from({ length: 20 }, () => ({ title: fat })) },
    });
  const before = busy();
  const held = [hold(), hold()];
  await vi.waitFor(() => expect(busy()).toBe(before + 2), PATIENCE_MS);
  const third = await get('many/entries/export');
  expect(third.status).toBe(503);
  expect(third.headers.get('retry-after')).toBe('5');
  for (const each of held) each.destroy();
  await vi.waitFor(() => expect(busy()).toBeLessThanOrEqual(before), PATIENCE_MS);
  await vi.waitFor(
    async () => expect((await get('posts/entries/export')).status).toBe(200),
    PATIENCE_MS,
  );
});

it('exports what a filter picks, in every spelling', async () => {
  for (const query of ['title=Title%207', 'filter[title][eq]=Title%207', "filter=title='Title 7'"])
    expect((await get(`many/entries/export?${query}`)).text.split('\r\n')).toHaveLength(3);
  const ruled = await get('posts/entries/export?sys.status=draft', { key: null });
  expect(ruled.text.split('\r\n')).toHaveLength(2);
  const s4 = await get(`many/records/export/csv?filter=${encodeURIComponent('title="Title 8"')}`);
  expect(s4.text.split('\r\n')).toHaveLength(3);
  expect((await get('many/entries/export?nonsense=1')).status).toBe(400);
});
