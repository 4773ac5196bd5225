import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rootKey } from './harness.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

/**
 * A server that is killed in the middle of an import, with its own embedded PostgreSQL left behind:
 * after the next start every acknowledged write is there, and of every request all or nothing.
 */
const dataDir = mkdtempSync(join(tmpdir(), 'cms-crash-'));
let server: ServerProcess;

beforeAll(async () => {
  server = await startServerProcess(dataDir);
  const made = await ask('POST', '/api/v1/collections', {
    name: 'posts',
    fields: [
      { name: 'slug', type: 'slug', unique: true },
      { name: 'body', type: 'editor' },
    ],
  });
  expect(made.status).toBe(201);
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
  return {
    status: response.status,
    body: (await response.json()) as { items: Item[]; total: number },
  };
};
interface Item {
  readonly id: string;
  readonly data: { readonly slug: string };
}

const BATCH = 20;
const entries = '/api/v1/collections/posts/entries';

/** Imports batches from two writers until the server is gone; gives the slugs it acknowledged. */
async function importUntilKilled(round: number): Promise<Set<string>> {
  const acknowledged = new Set<string>();
  const writer = async (name: string) => {
    for (let batch = 0; ; batch += 1) {
      const slugs = Array.from({ length: BATCH }, (_, i) => `r${round}-${name}-${batch}-${i}`);
      try {
        const reply = await ask('POST', `${entries}/bulk`, {
          entries: slugs.map((slug) => ({ slug, body: 'x'.repeat(2000) })),
        });
        if (reply.status !== 201) throw new Error(String(reply.status));
        for (const slug of slugs) acknowledged.add(slug);
        if (acknowledged.size === 10 * BATCH) void server.kill('SIGKILL');
      } catch {
        return;
      }
    }
  };
  await Promise.all([writer('a'), writer('b')]);
  return acknowledged;
}

async function storedSlugs(): Promise<Set<string>> {
  const slugs = new Set<string>();
  for (let page = 1; ; page += 1) {
    const { body } = await ask('GET', `${entries}?page=${page}&limit=100&sort=created_at`);
    for (const item of body.items) slugs.add(item.data.slug);
    if (body.items.length < 100) return slugs;
  }
}

it('keeps what it acknowledged and no half batch, kill after kill', async () => {
  const acknowledged = new Set<string>();
  for (let round = 0; round < 3; round += 1) {
    for (const slug of await importUntilKilled(round)) acknowledged.add(slug);
    server = await startServerProcess(dataDir);
    const stored = await storedSlugs();
    for (const slug of acknowledged) expect(stored.has(slug), slug).toBe(true);
    const batches = new Map<string, number>();
    for (const slug of stored) {
      const batch = slug.slice(0, slug.lastIndexOf('-'));
      batches.set(batch, (batches.get(batch) ?? 0) + 1);
    }
    for (const [batch, size] of batches) expect(size, batch).toBe(BATCH);
  }
});

it('stops on SIGTERM, and finds its data again', async () => {
  const before = await storedSlugs();
  await server.kill('SIGTERM');
  expect(server.child.exitCode).toBe(0);
  server = await startServerProcess(dataDir);
  expect(await storedSlugs()).toEqual(before);
  expect(server.lines.join('\n')).not.toContain(rootKey);
});
