import { rmSync, writeFileSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { defineConfig } from 'tsdown';
import manifest from './package.json' with { type: 'json' };

/**
 * Builds what is published into `dist`, a package of its own: in the repository the package is its
 * TypeScript sources, in `dist` it is JavaScript with declarations. Publish with `npm publish dist`.
 */
async function writePackage(): Promise<void> {
  const { name, version, description, license, dependencies } = manifest;
  const published = {
    name,
    version,
    description,
    license,
    type: 'module',
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
    bin: { cms: 'cli.js' },
    engines: { node: '>=22.18' },
    sideEffects: false,
    dependencies,
  };
  await writeFile('dist/package.json', `${JSON.stringify(published, null, 2)}\n`);
  await cp('README.md', 'dist/README.md');
  await cp('../LICENSE', 'dist/LICENSE');
}

/**
 * The compiler writes declarations below the folder of its tsconfig only, and those of the contracts
 * go into the bundle: so there is one in the repository's root, for as long as this runs.
 */
function declarationsConfig(): string {
  const path = `../tsconfig.declarations-${process.pid}.json`;
  const config = {
    extends: './tsconfig.json',
    files: ['sdk/src/index.ts', 'contracts/src/index.ts'],
  };
  writeFileSync(path, JSON.stringify(config));
  process.once('exit', () => rmSync(path, { force: true }));
  return path;
}

export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/cli/main.ts' },
  format: 'esm',
  platform: 'node',
  target: 'es2024',
  fixedExtension: false,
  dts: { tsconfig: declarationsConfig(), entry: 'src/index.ts' },
  deps: { alwaysBundle: [/^@cms\//], neverBundle: [/^@trpc\//, /^zod/] },
  hooks: { 'build:done': writePackage },
});
