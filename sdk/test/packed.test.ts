import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The package as it is published, in an empty project that knows nothing of this repository. */
const sdk = fileURLToPath(new URL('..', import.meta.url));
const root = join(sdk, '..');
const project = mkdtempSync(join(tmpdir(), 'cms-packed-'));
const installed = join(project, 'node_modules/@cms/sdk');

const run = (command: string, args: readonly string[], cwd = project): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Puts a dependency where npm would; it is found beside the sources of the package or at the root. */
function link(name: string): void {
  const source = [sdk, root]
    .map((each) => join(each, 'node_modules', name))
    .find((path) => existsSync(path));
  if (!source) throw new Error(`${name} is not installed.`);
  const target = join(project, 'node_modules', name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(source, target);
}

const check = (file: string, source: string): string => {
  writeFileSync(join(project, file), source);
  try {
    return run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project]);
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  } finally {
    rmSync(join(project, file));
  }
};

describe('the packed package', () => {
  beforeAll(() => {
    run(process.execPath, [join(root, 'node_modules/tsdown/dist/run.mjs')], sdk);
    const [tarball] = JSON.parse(
      run('npm', ['pack', '--json', '--pack-destination', project], join(sdk, 'dist')),
    ) as { filename: string }[];
    mkdirSync(installed, { recursive: true });
    run('tar', [
      '-xzf',
      join(project, tarball?.filename ?? ''),
      '-C',
      installed,
      '--strip-components=1',
    ]);
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(manifest.dependencies)) link(name);
    const options = {
      module: 'nodenext',
      target: 'es2024',
      strict: true,
      noEmit: true,
      skipLibCheck: false,
    };
    const lib = ['es2024', 'esnext.disposable', 'dom', 'dom.iterable'];
    writeFileSync(join(project, 'package.json'), '{"type":"module"}');
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...options, lib, types: [] }, include: ['*.ts'] }),
    );
  }, 120_000);
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it('names no package of this repository', () => {
    for (const file of ['index.js', 'index.d.ts', 'cli.js'])
      expect(readFileSync(join(installed, file), 'utf8')).not.toMatch(/from ['"]@cms\//);
  });

  it('type-checks in a strict project', () => {
    const source = `import { createClient, ApiError } from '@cms/sdk';
const client = createClient({ url: 'http://localhost:3000' });
const entry = await client.entries('posts').create({ title: 'A' });
entry.version satisfies number;
(await client.trpc.entries.list.query({ collection: 'posts' })).items[0]?.id satisfies string | undefined;
(await client.raw.GET('/health')).data?.version satisfies string | undefined;
new ApiError({ status: 1, code: 'X', message: '' }) satisfies Error;
`;
    expect(check('right.ts', source)).toBe('');
  });

  it('refuses wrong calls there', () => {
    const output = check(
      'wrong.ts',
      `import { createClient } from '@cms/sdk';
createClient({ url: 1 });
createClient({ url: '' }).trpc.entries.list.query({});
`,
    );
    expect(output).toContain('wrong.ts(2,');
    expect(output).toContain('wrong.ts(3,');
  });

  it('runs', () => {
    const program = `import { createClient } from '@cms/sdk';
const fetch = async () => Response.json({ status: 'healthy', version: '9', checks: {} });
console.log((await createClient({ url: 'http://cms.test', fetch }).health()).version);
`;
    writeFileSync(join(project, 'run.js'), program);
    expect(run(process.execPath, ['run.js']).trim()).toBe('9');
  });

  it('brings the command', () => {
    expect(run(process.execPath, [join(installed, 'cli.js'), '--help'])).toContain(
      'import [options]',
    );
  });
});
