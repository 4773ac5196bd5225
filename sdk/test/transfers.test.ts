import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { entryCounter } from '../src/cli/export/count-entries.ts';
import { ApiError, type CmsClient, createClient } from '../src/index.ts';
import { cms } from './command.fixture.ts';
import { apiKey, type RunningServer, startServer } from './server.fixture.ts';

/** Files in and out through the SDK and `cms`, against a real server. */
const folder = mkdtempSync(join(tmpdir(), 'cms-transfers-'));
let server: RunningServer;
let client: CmsClient;
const connection = () => ['--url', server.url, '--api-key', apiKey];

beforeAll(async () => {
  server = await startServer();
  client = createClient({ url: server.url, apiKey });
  const fields = [
    { name: 'slug', type: 'slug', unique: true },
    { name: 'title', type: 'text' },
  ] as const;
  for (const name of ['posts', 'copies'])
    await client.collections.create({ name, fields: [...fields] });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('imports CSV with a mapping, reports refused rows, and goes on with --upsert', async () => {
  const file = join(folder, 'posts.csv');
  writeFileSync(file, 'slug,Titel\na,"A\nof two lines"\n/,bad\nb,=B\n');
  const command = ['import', file, '-c', 'posts', '--map', 'Titel=title', ...connection()];
  const dry = await cms([...command, '--dry-run']);
  expect(dry.out).toMatch(/^Nothing was kept; it would have imported 2 .* 1 line was refused/);
  const { code, out } = await cms(command);
  expect(code).toBe(1);
  expect(out).toMatch(/^Imported 2 entries into posts in .* 1 line was refused: see /);
  const report = readFileSync(`${file}.refused.ndjson`, 'utf8').trim().split('\n');
  expect(report.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { line: 4, reason: [expect.stringContaining('slug: ')], data: '/,bad' },
  ]);
  writeFileSync(file, 'slug,Titel\na,A\nc,C\n');
  const again = await cms([...command, '--upsert', 'slug']);
  expect(again.code).toBe(0);
  expect(again.out).toMatch(/^Imported 1 entry and updated 1 into posts in /);
  expect(existsSync(`${file}.refused.ndjson`)).toBe(false);
});

it.each(['csv', 'ndjson'])('exports %s that imports elsewhere as it was', async (format) => {
  const file = join(folder, `out.${format}`);
  const made = await cms(['export', 'posts', '-o', file, '--format', format, ...connection()]);
  expect(made).toMatchObject({ code: 0, out: `Exported 3 entries of posts to ${file}` });
  const sent = await cms(['import', file, '-c', 'copies', '--upsert', 'slug', ...connection()]);
  expect(sent.code).toBe(0);
  const data = async (name: string) =>
    (await client.entries(name).list({ sort: ['created_at'] })).items.map((each) => each.data);
  expect(await data('copies')).toEqual(await data('posts'));
});

it('says what is wrong with a file, and leaves no half of one behind', async () => {
  const error = await client
    .entries('posts')
    .import('nothing\nx\n')
    .catch((each: unknown) => each);
  expect(error).toBeInstanceOf(ApiError);
  const file = join(folder, 'wrong.csv');
  writeFileSync(file, 'nothing\nx\n');
  const { code, notes } = await cms(['import', file, '-c', 'posts', ...connection()]);
  expect(code).toBe(2);
  expect(notes).toContain('There is no field "nothing"');
  const missing = await cms(['export', 'nowhere', '-o', join(folder, 'no.csv'), ...connection()]);
  expect(missing.code).toBe(2);
  expect(existsSync(join(folder, 'no.csv.part'))).toBe(false);
  const lost = ['--url', 'http://127.0.0.1:9', '--api-key', 'x'];
  const nobody = await cms(['import', file, '-c', 'posts', ...lost]);
  expect(nobody).toMatchObject({ code: 2, notes: expect.stringContaining('--url') });
}, 60_000);

it('takes a JSON array with --upsert, --map and --dry-run too', async () => {
  const file = join(folder, 'array.json');
  writeFileSync(file, '[{"slug":"a","name":"A2"},\n{"slug":"z","name":"Z"}, 3]');
  const command = ['import', file, '-c', 'posts', '--upsert', 'slug', '--map', 'name=title'];
  const dry = await cms([...command, '--dry-run', ...connection()]);
  expect(dry).toMatchObject({ code: 1, out: expect.stringContaining('1 entry and updated 1.') });
  const sent = await cms([...command, ...connection()]);
  expect(sent).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^Imported 1 entry and updated 1 /),
  });
  const report = JSON.parse(readFileSync(`${file}.refused.ndjson`, 'utf8')) as unknown;
  expect(report).toEqual({ line: 3, reason: ['An entry is a JSON object.'], data: 3 });
  const { items } = await client
    .entries('posts')
    .list({ sort: ['slug'], filter: { slug: { in: ['a', 'z'] } } });
  expect(items.map(({ data }) => data['title'])).toEqual(['A2', 'Z']);
});

it('imports a file once by its key', async () => {
  const entries = client.entries('copies');
  const before = (await entries.list({ per_page: 1 })).total ?? 0;
  for (let time = 0; time < 2; time += 1)
    expect(await entries.import('title\nOnce\n', { idempotencyKey: 'once' })).toMatchObject({
      imported: 1,
    });
  expect((await entries.list({ per_page: 1 })).total).toBe(before + 1);
});

it('counts entries, whatever is in their cells', () => {
  const parts = ['a,b\r\n1,"x\n', 'y"\r\n2,"q""\n"\r\n'].map((text) => Buffer.from(text));
  const count = entryCounter('csv');
  expect(parts.map((part) => count(part))).toEqual([0, 2]);
  expect(entryCounter('ndjson')(Buffer.from('{"a":"\\""}\n{}\n'))).toBe(2);
});
