import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { rootKey } from './harness.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { sendFile } from './transfers.fixture.ts';

/**
 * A server that is killed in the middle of an import: what is left is the first batches of the file, each
 * whole, and the same import with upsert completes it.
 */
const dataDir = mkdtempSync(join(tmpdir(), 'cms-import-crash-'));
const ROWS = 20_000;
const BATCH = 500;
let server: ServerProcess;

beforeAll(async () => {
  server = await startServerProcess(dataDir);
  const made = await ask('POST', '/api/v1/collections', {
    name: 'posts',
    fields: [
      { name: 'number', type: 'integer', unique: true },
      { name: 'body', type: 'editor' },
    ],
  });
  expect(made['name']).toBe('posts');
});
afterAll(async () => {
  await server.kill('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

const ask = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${rootKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
};
const total = async (): Promise<number> =>
  Number((await ask('GET', '/api/v1/collections/posts/entries?limit=1'))['total']);

const numbers = async (): Promise<number[]> => {
  const response = await fetch(`${server.url}/api/v1/collections/posts/entries/export`, {
    headers: { authorization: `Bearer ${rootKey}` },
  });
  const lines = (await response.text()).trim().split('\r\n').slice(1);
  return lines.map((line) => Number(line.split(',')[4]));
};

it('leaves whole batches from the start of the file, and goes on by upsert', async () => {
  const rows = Array.from({ length: ROWS }, (_, at) => `${at + 1},${'x'.repeat(500)}`);
  const file = `number,body\n${rows.join('\n')}\n`;
  const importing = sendFile(server, 'posts/entries/import', file).catch(() => undefined);
  await vi.waitFor(async () => expect(await total()).toBeGreaterThan(4 * BATCH), {
    timeout: 60_000,
    interval: 20,
  });
  await server.kill('SIGKILL');
  expect(await importing).toBeUndefined();

  server = await startServerProcess(dataDir);
  const left = await numbers();
  expect(left.length).toBeLessThan(ROWS);
  expect(left.length % BATCH).toBe(0);
  expect(left).toEqual(Array.from({ length: left.length }, (_, at) => at + 1));

  const again = await sendFile(server, 'posts/entries/import?upsert=number', file);
  expect(again.body).toMatchObject({
    imported: ROWS - left.length,
    updated: left.length,
    skipped: 0,
    errors: null,
  });
  expect(await numbers()).toEqual(Array.from({ length: ROWS }, (_, at) => at + 1));
}, 180_000);
