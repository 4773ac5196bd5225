import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** Closed by default: what nobody in particular may see and do is what a collection's rules open. */
let server: TestServer;
const path = (name: string) => `/api/v1/collections/${name}/entries`;
const nobody = { key: null };

beforeAll(async () => {
  server = await startTestServer();
  const fields = [
    { name: 'title', type: 'text' },
    { name: 'secret', type: 'text', hidden: true },
  ];
  const collection = (name: string, more: object) =>
    server.ask('POST', '/api/v1/collections', { body: { name, fields, ...more } });
  await collection('closed', {});
  await collection('open', { rules: { list: '', view: '' } });
  await collection('inbox', { create_rule: '' });
  await collection('drafted', { rules: { list: '', view: '' }, status: 'draft' });
});
afterAll(() => server.close());

it('shows published entries of an open collection, without hidden fields', async () => {
  const make = (title: string, status: string) =>
    server.ask('POST', path('open'), { body: { data: { title, secret: 's' }, status } });
  const shown = await make('shown', 'published');
  const hidden = [await make('draft', 'draft'), await make('old', 'archived')];
  const list = await server.ask('GET', path('open'), nobody);
  expect(list.body).toMatchObject({ total: 1, items: [{ data: { title: 'shown' } }] });
  expect(list.text).not.toContain('secret');
  const one = await server.ask('GET', `${path('open')}/${shown.body['id']}`, nobody);
  expect(one.body['data']).toEqual({ title: 'shown' });
  const missing = await server.ask('GET', `${path('open')}/ent_01kaj5cz5rf4q9t2jw2hq5m8e3`, nobody);
  for (const each of hidden) {
    const reply = await server.ask('GET', `${path('open')}/${each.body['id']}`, nobody);
    expect(reply.status).toBe(404);
    expect(reply.body['error']?.['message']).toBe(missing.body['error']?.['message']);
  }
  const all = await server.ask('GET', path('open'));
  expect(all.body['total']).toBe(3);
  expect(all.text).toContain('secret');
});

it('opens nothing but what a rule names', async () => {
  for (const [method, name] of [
    ['GET', 'closed'],
    ['POST', 'closed'],
    ['POST', 'open'],
    ['GET', 'inbox'],
    ['GET', 'drafted'],
    ['GET', 'unknown'],
  ] as const) {
    const reply = await server.ask(method, path(name), {
      ...nobody,
      body: method === 'POST' ? {} : undefined,
    });
    expect([reply.status, reply.body['error']?.['code']], `${method} ${name}`).toEqual([
      401,
      'UNAUTHORIZED',
    ]);
  }
  const made = await server.ask('POST', path('inbox'), { ...nobody, body: { title: 'hello' } });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ created_by: null, data: { title: 'hello' } });
  expect((await server.ask('GET', '/api/v1/collections', nobody)).status).toBe(401);
});

it('opens every family alike', async () => {
  for (const each of ['/api/v1/collections/open/records', '/api/models/open/entries'])
    expect((await server.ask('GET', each, nobody)).status).toBe(200);
  for (const each of ['/api/v1/collections/closed/records', '/api/models/closed/entries'])
    expect((await server.ask('GET', each, nobody)).status).toBe(401);
});

it('tells nobody which collections exist in the document', async () => {
  const theirs = await server.ask('GET', '/api/v1/openapi.json', nobody);
  expect(theirs.status).toBe(200);
  expect(theirs.text).toContain('/collections/open/entries');
  for (const name of ['closed', 'inbox', 'drafted'])
    expect(theirs.text).not.toContain(`/collections/${name}/`);
  const ours = await server.ask('GET', '/api/v1/openapi.json');
  expect(ours.text).toContain('/collections/closed/entries');
});

it('keeps keys as hashes, and no key in any table or log line', async () => {
  const rows = await server.app.services.database.sql.rows<{ text: string }>(
    { text: 'select api_keys::text as text from api_keys' },
    [],
  );
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain('cms_root_000000000000');
});
