import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CmsClient, createClient } from '../src/index.ts';
import { cms } from './command.fixture.ts';
import { everyField } from './every-field.fixture.ts';
import { apiKey, type RunningServer, startServer } from './server.fixture.ts';
import { typedUse } from './typed-use.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'cms-types-'));
const sdk = fileURLToPath(new URL('..', import.meta.url));
const root = join(sdk, '..');

/** Compiles the folder as a strict project that has the SDK installed; gives the complaints. */
function compile(): string {
  mkdirSync(join(folder, 'node_modules/@cms'), { recursive: true });
  symlinkSync(sdk, join(folder, 'node_modules/@cms/sdk'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { types: [] },
    include: ['*.ts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }).stdout;
}

describe('cms types', () => {
  let server: RunningServer;
  let client: CmsClient;
  const out = join(folder, 'collections.ts');
  const connection = () => ['--url', server.url, '--api-key', apiKey];

  beforeAll(async () => {
    server = await startServer();
    client = createClient({ url: server.url, apiKey });
    const file = join(folder, 'schema.json');
    writeFileSync(file, JSON.stringify(everyField));
    expect((await cms(['schema', 'push', file, ...connection()])).notes).toBe('');
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('writes types that say what may be done and what not', async () => {
    const { code, notes } = await cms(['types', '--out', out, ...connection()]);
    expect({ code, notes }).toEqual({
      code: 0,
      notes: `Wrote the types of 3 collections to ${out}`,
    });
    writeFileSync(join(folder, 'use.ts'), typedUse);
    expect(compile()).toBe('');
  }, 60_000);

  it('writes the same text each time, to the file or the standard output', async () => {
    const printed = await cms(['types', ...connection()]);
    expect(printed.out).toBe(readFileSync(out, 'utf8').trimEnd());
  });

  it('says of fields what the server does: unset is absent, cleared is null, required is there', async () => {
    const articles = client.entries('articles');
    const { id, data } = await articles.create({ title: 'A Title' });
    expect(data).toMatchObject({ title: 'A Title', slug: 'a-title', kind: 'news' });
    expect(data).not.toHaveProperty('author');
    expect((await articles.update(id, { stock: null })).data['stock']).toBeNull();
    await expect(articles.update(id, { title: null })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    });
    await expect(articles.create({ title: 'B', seo: {} })).rejects.toMatchObject({ status: 422 });
  });
});
