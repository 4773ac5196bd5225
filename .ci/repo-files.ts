import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folders that npm knows as `@cms/<name>`. */
export const workspaces = ['contracts', 'server', 'sdk', 'e2e'] as const;
export type Workspace = (typeof workspaces)[number];

/** What scripts write and nobody reads line by line: committed, but not counted, linted or formatted. */
export const generatedPaths = [
  'sdk/openapi.json',
  'sdk/src/schema.d.ts',
  'server/migrations/schema.sql',
  'server/migrations/.snapshot*.json',
] as const;

/** The repository this file lies in, as an absolute path. */
export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const unread = new Set(['node_modules', 'dist', '.data', '.turbo', '.git', 'coverage']);

/**
 * Every TypeScript file of the workspaces and of `.ci`, as sorted paths with `/` relative to `root`.
 * Declaration files are left out: the only ones are generated.
 */
export const sourceFiles = (root: string): string[] =>
  [...workspaces, '.ci']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      globSync('**/*.ts', {
        cwd: join(root, folder),
        exclude: (path) => unread.has(basename(path)),
      }).map((path) => `${folder}/${path.split(sep).join('/')}`),
    )
    .filter((path) => !path.endsWith('.d.ts'))
    .toSorted();

/** True for files that are not part of what ships: tests, benchmarks, scripts, tool configuration. */
export const isSupportFile = (path: string): boolean =>
  path.startsWith('e2e/') ||
  path.startsWith('.ci/') ||
  /^[^/]+\/(?:test|bench|scripts)\//u.test(path) ||
  isTestFile(path) ||
  path.endsWith('.config.ts');

/** True for files that hold tests, or only serve them. */
export const isTestFile = (path: string): boolean =>
  /\.(?:test|test-d|e2e|fixture)\.ts$/u.test(path) ||
  /^[^/]+\/test\//u.test(path) ||
  path.startsWith('e2e/');
