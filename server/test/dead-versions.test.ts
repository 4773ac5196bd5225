import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/**
 * An index is made over row versions that nobody sees any more as well: what a field held before it was
 * converted must not stand against the index of its new type.
 */
let server: TestServer;
/** Somebody who looks at the past: for as long as that lasts, no dead version is taken away. */
let past: pg.Client;
beforeAll(async () => {
  server = await startTestServer();
  past = new pg.Client(server.databaseUrl);
  await past.connect();
  await past.query('begin isolation level repeatable read');
  await past.query('select 1 from collections');
});
afterAll(async () => {
  await past.end();
  await server.close();
});

const entriesOf = (value: unknown) => [
  // Rows that fill their pages: their new versions go to other pages.
  ...Array.from({ length: 40 }, () => ({ value, body: 'x'.repeat(700) })),
  { value },
];

async function collectionOf(name: string, from: object): Promise<(body: object) => Promise<void>> {
  const path = `/api/v1/collections/${name}`;
  const fields = [from, { name: 'body', type: 'editor' }];
  const made = await server.ask('POST', '/api/v1/collections', { body: { name, fields } });
  expect(made.status, made.text).toBe(201);
  return async (body) => {
    const reply = await server.ask('PATCH', `${path}?confirm=true`, { body });
    expect(reply.status, reply.text).toBe(200);
  };
}

const targets = ['number', 'integer', 'bool', 'date', 'datetime', 'slug', 'text'];

describe.each([
  ['text', 'no value of any other type', undefined],
  ['json', { some: ['thing'] }, undefined],
  ['select', ['a'], { values: ['a'], multiple: true }],
])('from %s', (type, value, options) => {
  it.each(targets)('to an indexed %s', async (to) => {
    const name = `c_${type}_${to}`;
    const from = { name: 'value', type, ...(options ? { options } : {}) };
    const change = await collectionOf(name, from);
    const made = await server.ask('POST', `/api/v1/collections/${name}/entries/bulk`, {
      body: { entries: entriesOf(value).map((data) => ({ data })) },
    });
    expect(made.status, made.text).toBe(201);
    const current = await server.ask('GET', `/api/v1/collections/${name}`);
    const [{ id } = { id: '' }, body] = current.body['fields'] as unknown as { id: string }[];
    await change({ fields: [{ id, name: 'value', type: to, indexed: true }, body] });
  });
});

it('finds by the index what was given to it since', async () => {
  const change = await collectionOf('later', { name: 'value', type: 'text' });
  const path = '/api/v1/collections/later';
  await server.ask('POST', `${path}/entries`, { body: { value: 'no number' } });
  await server.ask('POST', `${path}/entries`, { body: { value: '12' } });
  const { body } = await server.ask('GET', path);
  const [value, rest] = body['fields'] as unknown as { id: string }[];
  // The type in one change, the index in a later one: the dead versions are still there.
  await change({ fields: [{ id: value?.id, name: 'value', type: 'number' }, rest] });
  await change({ fields: [{ id: value?.id, name: 'value', type: 'number', unique: true }, rest] });
  const found = await server.ask('GET', `${path}/entries?value[gte]=12&sort=value`);
  expect(found.body['items']).toMatchObject([{ data: { value: 12 } }]);
  const taken = await server.ask('POST', `${path}/entries`, { body: { value: 12 } });
  expect(taken.status).toBe(409);
});
