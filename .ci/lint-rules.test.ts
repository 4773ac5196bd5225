import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from './repo-files.ts';
import { temporaryRepository } from './temporary-repository.ts';

/** What oxlint says about one file, run as the workspaces' `lint` scripts do. */
const lint = (path: string, text: string) => {
  const [workspace = '.'] = path.split('/');
  const { stdout } = spawnSync(
    join(repositoryRoot, 'node_modules/.bin/oxlint'),
    ['-c', '../.oxlintrc.json', '--deny-warnings', '-f', 'unix', '.'],
    { cwd: join(temporaryRepository({ [path]: text }), workspace), encoding: 'utf8' },
  );
  return stdout;
};

const refused: [path: string, text: string, rule: string][] = [
  ['server/src/a.ts', 'export const a = (b: any): unknown => b;', 'no-explicit-any'],
  ['server/src/a.ts', `console.log('a');`, 'no-console'],
  ['contracts/src/a.ts', `console.log('a');`, 'no-console'],
  ['server/src/http/a.ts', `export const a = process.env['A'];`, 'no-process-env'],
  ['sdk/src/a.ts', `export const a = process.env['A'];`, 'no-process-env'],
  ['server/src/a.ts', `// @ts-${'ignore'}\nexport const a = 1;`, 'ban-ts-comment'],
  ['server/src/a.ts', `// ${'TO'}DO: more\nexport const a = 1;`, 'no-warning-comments'],
  [
    'server/src/a.ts',
    `import { type A } from './b.ts';\nexport type B = A;`,
    'no-import-type-side-effects',
  ],
  ['server/src/a.ts', 'export const a = (b?: string) => b!.length;', 'no-non-null-assertion'],
  ['server/src/someThing.ts', 'export const a = 1;', 'filename-case'],
  [
    'server/src/a.test.ts',
    `import { test } from 'vitest';\ntest.${'skip'}('a', () => {});`,
    'no-disabled-tests',
  ],
  [
    'server/src/a.test.ts',
    `import { test } from 'vitest';\ntest.${'only'}('a', () => {});`,
    'no-focused-tests',
  ],
  ['e2e/a.e2e.ts', `import { test } from 'vitest';\ntest.${'todo'}('a');`, 'warn-todo'],
];

test.each(refused)('%s is refused: %s', (path, text, rule) => {
  expect(lint(path, text)).toContain(rule);
});

test.each([
  ['server/src/config.ts', `export const a = process.env['A'];`],
  ['server/scripts/a.ts', `console.log(process.env['A']);`],
  ['server/bench/a.ts', `console.log(process.env['A']);`],
  ['sdk/src/cli/a.ts', `console.log(process.env['A']);`],
  ['server/src/a.test.ts', `export const a = process.env['A'];`],
])('%s may: %s', (path, text) => {
  expect(lint(path, text)).not.toContain('no-');
});
