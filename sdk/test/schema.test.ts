import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CmsClient, createClient } from '../src/index.ts';
import { cms, type Ran } from './command.fixture.ts';
import { everyField } from './every-field.fixture.ts';
import { apiKey, type RunningServer, startServer } from './server.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'cms-schema-'));
const file = join(folder, 'cms.schema.json');

interface FileField {
  id?: string;
  name: string;
  type: string;
  [word: string]: unknown;
}
interface File {
  collections: { name: string; fields: FileField[]; [setting: string]: unknown }[];
}

describe('cms schema', () => {
  let server: RunningServer;
  let client: CmsClient;
  const push = (...options: string[]): Promise<Ran> =>
    cms(['schema', 'push', file, ...options, '--url', server.url, '--api-key', apiKey]);
  const pull = async (): Promise<File> => {
    await cms(['schema', 'pull', file, '--url', server.url, '--api-key', apiKey]);
    return JSON.parse(readFileSync(file, 'utf8')) as File;
  };
  const write = (content: unknown): void => writeFileSync(file, JSON.stringify(content));
  const find = (content: File, name: string) => {
    const found = content.collections.find((each) => each.name === name);
    if (!found) throw new Error(`The file has no ${name}.`);
    return found;
  };

  beforeAll(async () => {
    server = await startServer();
    client = createClient({ url: server.url, apiKey });
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows a plan and leaves all as it is with --dry-run', async () => {
    write(everyField);
    const { code, out } = await push('--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('+ articles');
    expect(out).toContain('Nothing was changed');
    expect((await client.collections.list()).total).toBe(0);
  });

  it('creates collections that refer to each other, and then has nothing to do', async () => {
    expect(await push()).toMatchObject({
      code: 0,
      out: expect.stringContaining('added relations to'),
    });
    expect(await push()).toMatchObject({ code: 0, out: expect.stringMatching(/^No changes/) });
  });

  it('pulls a file that is sorted, free of times, and says the same', async () => {
    const content = await pull();
    const text = readFileSync(file, 'utf8');
    expect(content.collections.map(({ name }) => name)).toEqual(['articles', 'authors', 'home']);
    expect(text).not.toMatch(/created_at|updated_at|revision|col_/);
    expect(await push()).toMatchObject({ out: expect.stringMatching(/^No changes/) });
    await pull();
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('renames by the field’s id and keeps the values', async () => {
    const { id } = await client.entries('authors').create({ name: 'Ada' });
    const content = await pull();
    for (const field of find(content, 'authors').fields)
      if (field.name === 'name') field.name = 'full_name';
    write(content);
    expect(await push()).toMatchObject({
      code: 0,
      out: expect.stringContaining('~ name to full_name'),
    });
    expect((await client.entries('authors').get(id)).data).toEqual({ full_name: 'Ada' });
  });

  it('refuses to lose values until that is allowed', async () => {
    const content = await pull();
    const authors = find(content, 'authors');
    authors.fields = authors.fields.filter(({ name }) => name !== 'full_name');
    authors['label'] = 'Writers';
    write(content);
    const refused = await push();
    expect(refused).toMatchObject({ code: 1, notes: expect.stringContaining('full_name') });
    expect(refused.notes).toContain('--allow-data-loss');
    expect((await client.collections.get('authors')).label).not.toBe('Writers');
    expect(await push('--allow-data-loss')).toMatchObject({ code: 0 });
    expect((await client.collections.get('authors')).label).toBe('Writers');
    expect(await push()).toMatchObject({ out: expect.stringMatching(/^No changes/) });
  });

  it('clears settings that the file does not say', async () => {
    const content = await pull();
    const articles = find(content, 'articles');
    delete articles['rules'];
    articles['label'] = 'Texts';
    articles.fields = articles.fields.toReversed();
    write(content);
    expect(await push()).toMatchObject({ code: 0, out: expect.stringContaining('another order') });
    expect(await client.collections.get('articles')).toMatchObject({
      label: 'Texts',
      rules: { list: null },
    });
    expect(await push()).toMatchObject({ out: expect.stringMatching(/^No changes/) });
  });

  it('deletes what is missing only when told to, and with its entries only when that is allowed', async () => {
    write({
      collections: [
        { name: 'home', type: 'singleton', fields: [{ name: 'headline', type: 'text' }] },
      ],
    });
    expect(await push()).toMatchObject({ code: 0, out: expect.stringContaining('and kept') });
    const refused = await push('--delete-missing');
    expect(refused).toMatchObject({
      code: 1,
      notes: expect.stringContaining('1 entry of authors'),
    });
    expect((await client.collections.list()).total).toBe(3);
    expect(await push('--delete-missing', '--allow-data-loss')).toMatchObject({ code: 0 });
    expect((await client.collections.list()).items.map(({ name }) => name)).toEqual(['home']);
  });

  it('says what is wrong with a file', async () => {
    write({
      collections: [
        { name: 'a', fields: [] },
        { name: 'A', fields: [] },
      ],
    });
    expect(await push()).toMatchObject({ code: 2, notes: expect.stringContaining('twice') });
    writeFileSync(file, '{');
    expect(await push()).toMatchObject({ code: 2, notes: expect.stringContaining('no JSON') });
    write({ collections: [{ name: 'b', fields: [{ name: 'x', type: 'nothing' }] }] });
    expect(await push()).toMatchObject({ code: 2, notes: expect.stringContaining('fields.0') });
  });
});
