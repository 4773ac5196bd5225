import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CmsClient, createClient } from '../src/index.ts';
import { cms } from './command.fixture.ts';
import { apiKey, type RunningServer, startServer } from './server.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'cms-import-'));
const lines = (values: readonly unknown[]) => values.map((each) => JSON.stringify(each)).join('\n');

describe('cms import', () => {
  let server: RunningServer;
  let client: CmsClient;
  const connection = () => ['--url', server.url, '--api-key', apiKey];

  beforeAll(async () => {
    server = await startServer();
    client = createClient({ url: server.url, apiKey });
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function collection(name: string): Promise<void> {
    await client.collections.create({
      name,
      fields: [
        { name: 'slug', type: 'text', required: true, unique: true },
        { name: 'title', type: 'text', options: { max_length: 20 } },
        { name: 'rank', type: 'integer', unique: true },
      ],
    });
  }

  async function slugs(name: string): Promise<string[]> {
    const found: string[] = [];
    for await (const { data } of client.entries(name).iterate({ sort: 'slug' }))
      found.push(String(data['slug']));
    return found;
  }

  it('imports what is right, and reports the rest with its reasons', async () => {
    await collection('posts');
    const file = join(folder, 'posts.ndjson');
    const values = [
      { slug: 'a', title: 'A', rank: 1 },
      { slug: 'b', title: 'much longer than it may be' },
      { title: 'no slug' },
      { slug: 'a', title: 'again' },
      { slug: 'c', rank: 1 },
      { slug: 'd', nothing: 1 },
      { data: { slug: 'e' }, status: 'draft' },
    ];
    writeFileSync(file, `${lines(values)}\nnot json\n`);
    const { code, out } = await cms(['import', file, '-c', 'posts', ...connection()]);
    expect(code).toBe(1);
    expect(out).toMatch(/^Imported 2 entries into posts in .* 6 lines were refused: see /);
    expect(await slugs('posts')).toEqual(['a', 'e']);
    const refused = readFileSync(`${file}.refused.ndjson`, 'utf8').trim().split('\n');
    const reports = refused.map((line) => JSON.parse(line) as { line: number; reason: string[] });
    expect(reports.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 8]);
    expect(reports[0]?.reason.join()).toContain('title');
    expect(reports[3]?.reason.join()).toContain('rank');
    expect(existsSync(`${file}.cms-progress.json`)).toBe(false);
  });

  it('reads an array from the standard input, and renames', async () => {
    await collection('piped');
    const text = JSON.stringify([{ key: 'a', x: 1 }, { key: 'b' }]);
    const maps = ['--map', 'key=slug', '--map', 'x='];
    const { code } = await cms(['import', '-', '-c', 'piped', ...maps, ...connection()], text);
    expect(code).toBe(0);
    expect(await slugs('piped')).toEqual(['a', 'b']);
  });

  it('says what is wrong when it cannot begin', async () => {
    const file = join(folder, 'one.ndjson');
    writeFileSync(file, '{"slug":"a"}');
    const missing = await cms(['import', file, '-c', 'nowhere', ...connection()]);
    expect(missing).toMatchObject({
      code: 2,
      notes: expect.stringContaining('no collection "nowhere"'),
    });
    const stranger = await cms([
      'import',
      file,
      '-c',
      'posts',
      '--url',
      server.url,
      '--api-key',
      'x',
      '--restart',
    ]);
    expect(stranger).toMatchObject({ code: 2, notes: expect.stringContaining('CMS_API_KEY') });
    const nothing = await cms(['import', join(folder, 'none'), '-c', 'posts', ...connection()]);
    expect(nothing).toMatchObject({ code: 2, notes: expect.stringContaining('ENOENT') });
  });
});
