import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Migration20261121171800 } from '../migrations/Migration20261121171800.ts';
import { startTestServer, type TestServer } from './harness.ts';

/** The migration that guards casts, there and back, over indexes as the product made them. */
let server: TestServer;
let client: pg.Client;
beforeAll(async () => {
  server = await startTestServer();
  client = new pg.Client(server.databaseUrl);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.close();
});

const query = async <T>(text: string): Promise<T[]> => (await client.query(text)).rows as T[];
const definitions = async (): Promise<Record<string, string>> => {
  const rows = await query<{ indexname: string; indexdef: string }>(
    `select indexname, indexdef from pg_indexes where indexname ~ '^(ix|uq)_'`,
  );
  return Object.fromEntries(rows.map(({ indexname, indexdef }) => [indexname, indexdef]));
};

it('rewrites indexes of numbers and truth values, and back', async () => {
  const fields = [
    { name: 'price', type: 'number', indexed: true },
    { name: 'number', type: 'integer', unique: true },
    { name: 'open', type: 'bool', indexed: true },
    { name: 'title', type: 'text', indexed: true },
  ];
  const made = await server.ask('POST', '/api/v1/collections', { body: { name: 'c', fields } });
  expect(made.status, made.text).toBe(201);
  const before = await definitions();
  const run = async (step: 'up' | 'down') => {
    const statements: string[] = [];
    const migration = { addSql: (text: string) => void statements.push(text) };
    Migration20261121171800.prototype[step].call(migration as never);
    for (const each of statements) await query(each);
  };
  await run('down');
  const old = await definitions();
  const isUnguarded = (each: string) => /->> '\w+'::text\)\)::(numeric|boolean)/.test(each);
  expect(Object.values(old).filter(isUnguarded)).toHaveLength(3);
  expect(Object.keys(old).toSorted()).toEqual(Object.keys(before).toSorted());
  await run('up');
  expect(await definitions()).toEqual(before);
});
