import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EntityManager, sqlOf } from '../src/platform/db/database.ts';
import { createLog } from '../src/platform/log/log.ts';
import { addJob, type Queue, startQueue } from '../src/platform/queue/index.ts';
import { register } from './accounts.ts';
import { cloneDatabase, startTestServer, type TestServer } from './harness.ts';
import { mailedToken } from './mail-folder.ts';
import { startServerProcess } from './server-process.ts';

/** Work after a commit: none without it, none lost after it. */
let server: TestServer;
let queue: Queue;
const done: string[] = [];
let waiting: (() => void) | undefined;
let failures = 1;

beforeAll(async () => {
  server = await startTestServer();
  const note = async ({ word }: { word: string }) => {
    if (word === 'fails once' && failures-- > 0) throw new Error('not yet');
    done.push(word);
    waiting?.();
  };
  queue = await startQueue(server.databaseUrl, { 'test.note': note }, createLog('json', 'silent'));
});
afterAll(async () => {
  await queue.close();
  await server.close();
});

async function untilDone(word: string): Promise<void> {
  while (!done.includes(word)) await new Promise<void>((resolve) => (waiting = resolve));
}

it('runs what was committed, and nothing else', async () => {
  const { database } = server.app.services;
  const add = (word: string, fail: boolean) =>
    database.fork().transactional(async (em) => {
      await addJob(sqlOf(em as EntityManager), 'test.note', { word });
      if (fail) throw new Error('rolled back');
    });
  await expect(add('never', true)).rejects.toThrow('rolled back');
  await add('committed', false);
  await untilDone('committed');
  expect(done).toEqual(['committed']);
});

it('runs again what failed, and of one key the last alone', async () => {
  const { sql } = server.app.services.database;
  await addJob(sql, 'test.note', { word: 'fails once' });
  const runAt = new Date(Date.now() + 1000);
  await addJob(sql, 'test.note', { word: 'first' }, { key: 'k', runAt });
  await addJob(sql, 'test.note', { word: 'last' }, { key: 'k' });
  await untilDone('last');
  await untilDone('fails once');
  expect(done).not.toContain('first');
});

it('takes over what a killed server was doing: the mail arrives', { timeout: 60_000 }, async () => {
  const databaseUrl = await cloneDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'cms-queue-'));
  // A mail server that takes the call and says nothing.
  const sockets: Socket[] = [];
  const silent = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const first = await startServerProcess(dataDir, {
    DATABASE_URL: databaseUrl,
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    REGISTRATION: 'open',
  });
  const called = once(silent, 'connection');
  const body = JSON.stringify({ email: 'late@example.com', password: 'SecurePass123' });
  const headers = { 'content-type': 'application/json' };
  const registered = await fetch(`${first.url}/api/v1/auth/register`, {
    method: 'POST',
    headers,
    body,
  });
  expect(registered.status).toBe(201);
  await called;
  await first.kill('SIGKILL');
  const next = await startTestServer({ databaseUrl });
  expect(await mailedToken(next.dataDir, 'verify', 'late@example.com')).toMatch(/^cms_verify_/);
  await next.close();
  for (const socket of sockets) socket.destroy();
  silent.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('sends the mail of every one of many registrations at once', async () => {
  const emails = Array.from({ length: 8 }, (_, index) => `many${index}@example.com`);
  await Promise.all(emails.map((email) => register(server, email)));
  const tokens = await Promise.all(
    emails.map((email) => mailedToken(server.dataDir, 'verify', email)),
  );
  expect(new Set(tokens).size).toBe(8);
});
