import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CmsClient, createClient } from '../src/index.ts';
import { cms } from './command.fixture.ts';
import { apiKey, type RunningServer, startServer } from './server.fixture.ts';

/**
 * `cms import` that is killed, or whose server is, in the middle: what is left is the beginning of the
 * file, and the same command goes on with nothing twice and nothing left out, whatever the file is.
 */
const folder = mkdtempSync(join(tmpdir(), 'cms-import-kill-'));
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const ROWS = 800;
let server: RunningServer;
let client: CmsClient;

beforeAll(async () => {
  server = await startServer();
  client = createClient({ url: server.url, apiKey });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const numbers = Array.from({ length: ROWS }, (_, at) => at + 1);
const objects = numbers.map((number) => ({ number, body: `line\n"${number}"`, author: 'ada' }));
const renamed = objects.map(({ author, ...rest }) => ({ ...rest, 'author.slug': author }));
const json = renamed.map((each) => JSON.stringify(each));
const texts = {
  csv: `number,body,Author\n${numbers.map((each) => `${each},"line\n""${each}""",ada`).join('\n')}\n`,
  ndjson: `${json.join('\n')}\n`,
  json: `[${json.join(',\n')}]`,
};

interface Run {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
}

/** A collection, a file, and the command that brings the one into the other. */
async function prepared(format: keyof typeof texts, name: string): Promise<Run> {
  const authors = `${name}_authors`;
  await client.collections.create({
    name: authors,
    fields: [{ name: 'slug', type: 'slug', unique: true }],
  });
  await client.entries(authors).create({ slug: 'ada' });
  await client.collections.create({
    name,
    // Nothing is unique: what came twice would be there twice.
    fields: [
      { name: 'number', type: 'integer' },
      { name: 'body', type: 'editor' },
      { name: 'author', type: 'relation', options: { collection: authors } },
    ],
  });
  const file = join(folder, `${name}.${format}`);
  writeFileSync(file, texts[format]);
  const map = format === 'csv' ? ['--map', 'Author=author.slug'] : [];
  return { name, file, args: ['import', file, '-c', name, '--batch', '10', ...map] };
}

const connection = () => ['--url', server.url, '--api-key', apiKey];
const begin = ({ args }: Run): ChildProcess =>
  spawn(process.execPath, [main, ...args, ...connection()], { stdio: 'ignore' });
const count = async ({ name }: Run) =>
  (await client.entries(name).list({ per_page: 1 })).total ?? 0;

async function underWay(run: Run, child: ChildProcess): Promise<void> {
  while ((await count(run)) < 100) expect(child.exitCode).toBeNull();
}

async function stored({ name }: Run): Promise<number[]> {
  const found: number[] = [];
  for await (const { data } of client.entries(name).iterate({ sort: 'created_at' })) {
    expect(data['body']).toBe(`line\n"${String(data['number'])}"`);
    expect(data['author']).toMatch(/^ent_/);
    found.push(Number(data['number']));
  }
  return found;
}

/** What is there is the file's beginning, in whole batches. */
async function expectBeginning(run: Run): Promise<void> {
  const left = await stored(run);
  expect(left.length).toBeLessThan(ROWS);
  expect(left.length % 10).toBe(0);
  expect(left).toEqual(numbers.slice(0, left.length));
}

async function expectGoingOn(run: Run): Promise<void> {
  const again = await cms([...run.args, ...connection()]);
  expect(again).toMatchObject({ code: 0, notes: expect.stringContaining('Going on') });
  expect(again.out).toContain('before.');
  expect(await stored(run)).toEqual(numbers);
  for (const each of ['refused.ndjson', 'cms-progress.json'])
    expect(existsSync(`${run.file}.${each}`)).toBe(false);
}

describe.each(['csv', 'ndjson', 'json'] as const)('an import of %s', (format) => {
  it('goes on where its command was killed', async () => {
    const run = await prepared(format, `killed_${format}`);
    const child = begin(run);
    const exited = once(child, 'exit');
    await underWay(run, child);
    child.kill('SIGKILL');
    await exited;
    await expectBeginning(run);
    const other = await cms([...run.args, ...connection(), '--batch', '20']);
    expect(other).toMatchObject({ code: 2, notes: expect.stringContaining('--batch (10)') });
    await expectGoingOn(run);
  }, 120_000);

  it('goes on where its server was killed', async () => {
    const run = await prepared(format, `crashed_${format}`);
    const child = begin(run);
    await underWay(run, child);
    const exited = once(child, 'exit');
    await server.crash();
    // It tries for a while, and gives up.
    expect((await exited)[0]).toBe(2);
    await server.restart();
    await expectBeginning(run);
    await expectGoingOn(run);
  }, 120_000);
});
