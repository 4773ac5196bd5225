import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { formOf, sendFile } from './transfers.fixture.ts';

/** Document S4's export to and import from CSV, as they are printed there. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const schema = [
    { name: 'title', type: 'text', validation: { required: true } },
    { name: 'content', type: 'editor' },
    { name: 'published', type: 'bool' },
  ];
  await server.ask('POST', '/api/v1/collections', {
    body: { name: 'posts', type: 'base', schema },
  });
});
afterAll(() => server.close());

it('POST …/records/import/csv with file=@records.csv', async () => {
  const file = formOf(
    'title,content,published\nFirst,"<p>Hello, ""you""</p>",true\n,No title,false\n',
  );
  const reply = await sendFile(server, 'posts/records/import/csv', file);
  expect(reply.status).toBe(201);
  expect(reply.body).toEqual({
    imported: 1,
    updated: 0,
    skipped: 1,
    total: 2,
    dry_run: false,
    errors: [{ row: 2, field: 'title', message: 'title is required.', code: 'required' }],
  });
});

it('GET …/records/export/csv', async () => {
  const reply = await server.ask('GET', '/api/v1/collections/posts/records/export/csv');
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const [header, row] = reply.text.split('\r\n');
  expect(header).toBe('id,status,created_at,updated_at,title,content,published');
  expect(row).toMatch(/^ent_\w+,published,.*Z,.*Z,First,"<p>Hello, ""you""<\/p>",true$/);
});

it('takes back what it sent, by id', async () => {
  const { text } = await server.ask('GET', '/api/v1/collections/posts/records/export/csv');
  const changed = formOf(text.replace('First', 'Changed'));
  const reply = await sendFile(server, 'posts/records/import/csv?upsert=id', changed);
  expect(reply.body).toMatchObject({ imported: 0, updated: 1, skipped: 0, errors: null });
  const { body } = await server.ask('GET', '/api/v1/collections/posts/records');
  expect(body['items']?.[0]?.['data']?.['title']).toBe('Changed');
});
