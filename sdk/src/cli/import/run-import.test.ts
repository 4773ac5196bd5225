import { mkdtempSync, readFileSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ApiError } from '../../errors.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Item } from './item.ts';
import { Killed, MemoryServer } from './memory-server.fixture.ts';
import { openReport } from './refused-report.ts';
import { runImport } from './run-import.ts';

const folder = mkdtempSync(join(tmpdir(), 'cms-run-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const reportFile = join(folder, 'refused.ndjson');

const fresh = (batch: number): Checkpoint => ({
  run: 'run',
  url: '',
  collection: 'posts',
  batch,
  format: 'ndjson',
  map: {},
  head: { size: 0, sha256: '' },
  position: { line: 0, offset: 0 },
  ahead: [],
  imported: 0,
  updated: 0,
  refused: 0,
  reportBytes: 0,
  at: '',
});

async function* after(values: readonly unknown[], line: number): AsyncGenerator<Item> {
  for (const [index, value] of values.entries())
    if (index >= line)
      yield {
        line: index + 1,
        end: { line: index + 1, offset: 0 },
        size: 10,
        text: JSON.stringify(value),
      };
}

/** Runs an import, again after every kill, with nothing but the checkpoint that was written down. */
async function imported(
  server: MemoryServer,
  values: readonly unknown[],
  settings: { batch: number; concurrency: number },
): Promise<Checkpoint> {
  let kept = JSON.stringify(fresh(settings.batch));
  for (;;) {
    const state = JSON.parse(kept) as Checkpoint;
    let alive = true;
    const save = () => {
      if (alive) kept = JSON.stringify(state);
    };
    try {
      await runImport({
        items: after(values, state.position.line),
        checkpoint: { state, resumed: false, save, close: () => {} },
        report: openReport(reportFile, state.reportBytes),
        progress: { update: () => {}, stop: () => {} },
        concurrency: settings.concurrency,
        send: async (text, key) => {
          if (!alive) throw new Killed();
          return server.send(text, key).catch((error: unknown) => {
            if (error instanceof Killed) alive = false;
            throw error;
          });
        },
        stop: new AbortController().signal,
      });
      return state;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      server.kill = undefined;
    }
  }
}

const refusedLines = (): number[] =>
  existsSync(reportFile)
    ? readFileSync(reportFile, 'utf8')
        .split('\n')
        .filter((text) => text !== '')
        .map((text) => (JSON.parse(text) as { line: number }).line)
        .toSorted((a, b) => a - b)
    : [];

const post = (slug: string, title: unknown = slug) => ({ slug, title });
/** Three lines are wrong: no title, a slug that came before, and no object. */
const values = [
  ...['a', 'b', 'c'].map((slug) => post(slug)),
  post('d', 4),
  post('b', 'again'),
  'no entry',
  ...['e', 'f', 'g', 'e2', 'f2', 'g2'].map((slug) => post(slug)),
];
const right = ['a', 'b', 'c', 'e', 'e2', 'f', 'f2', 'g', 'g2'];
const slugsOf = (server: MemoryServer) => server.entries.map(({ slug }) => slug).toSorted();

describe('an import', () => {
  it('creates what is right and reports the rest, whatever the batches', async () => {
    for (const batch of [1, 2, 5, 100]) {
      const server = new MemoryServer();
      const state = await imported(server, values, { batch, concurrency: 1 });
      expect(slugsOf(server)).toEqual(right);
      expect(refusedLines()).toEqual([4, 5, 6]);
      expect(state).toMatchObject({
        imported: 9,
        refused: 3,
        position: { line: 12 },
        ahead: [],
      });
    }
  });

  it('lets the first of two lines with one value in', async () => {
    const server = new MemoryServer();
    await imported(server, values, { batch: 100, concurrency: 2 });
    expect(server.entries.find(({ slug }) => slug === 'b')).toEqual(post('b'));
  });

  it('does nothing twice and leaves nothing out, wherever it is killed', async () => {
    for (const batch of [2, 5])
      for (const concurrency of [1, 2, 3])
        for (let request = 1; request <= 12; request += 1)
          for (const after of [true, false]) {
            const server = new MemoryServer();
            server.kill = { request, after };
            const state = await imported(server, values, { batch, concurrency });
            const label = `batch ${batch}, concurrency ${concurrency}, request ${request}, ${after}`;
            expect(slugsOf(server), label).toEqual(right);
            expect(refusedLines(), label).toEqual([4, 5, 6]);
            expect([state.imported, state.refused], label).toEqual([9, 3]);
          }
  });

  it('refuses all of a file that was imported before, in a request a batch', async () => {
    const server = new MemoryServer();
    const many = Array.from({ length: 60 }, (_, index) => post(`s${index}`));
    await imported(server, many, { batch: 20, concurrency: 2 });
    server.requests = 0;
    server.answered.clear();
    const state = await imported(server, many, { batch: 20, concurrency: 2 });
    expect(state).toMatchObject({ imported: 0, refused: 60 });
    expect(server.requests).toBe(3);
  });

  it('stops at what no line is to blame for', async () => {
    const server = new MemoryServer();
    server.send = () =>
      Promise.reject(new ApiError({ status: 403, code: 'FORBIDDEN', message: 'No.' }));
    await expect(imported(server, values, { batch: 5, concurrency: 2 })).rejects.toThrow('No.');
  });
});
