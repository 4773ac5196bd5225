import { describe, expect, test } from 'vitest';
import { foreignSources, wordComplaints } from './check-words.ts';

const lockfile = (resolved: string) =>
  JSON.stringify({ packages: { 'node_modules/a': { resolved } } });

describe('the lockfile', () => {
  test('names no other registry than the public one', () => {
    expect(foreignSources(lockfile('https://mirror.example/a.tgz'))).toHaveLength(1);
    expect(foreignSources(lockfile('https://registry.npmjs.org/a/-/a-1.0.0.tgz'))).toEqual([]);
    expect(
      wordComplaints('package-lock.json', lockfile('https://mirror.example/a.tgz')),
    ).toHaveLength(1);
  });

  test('may link a workspace', () => {
    const linked = { packages: { 'node_modules/@cms/a': { resolved: 'a', link: true } } };
    expect(foreignSources(JSON.stringify(linked))).toEqual([]);
  });
});

test.each([
  ['server/a.orig', 'text'],
  ['server/npm-debug.log', 'text'],
  ['server/src/a.ts', ''],
  ['.npmrc', 'registry=https://mirror.example/'],
  ['server/src/a.ts', `${'<'.repeat(7)} HEAD\n`],
  ['server/src/a.ts', `// @ts-${'nocheck'}\n`],
  ['server/src/a.ts', `// ${'TO'}DO later\n`],
  ['server/src/a.ts', `const path = '/${'root'}/data';\n`],
  ['server/src/a.ts', `const path = '/${'home'}/anna/data';\n`],
  ['server/src/a.test.ts', `test.${'skip'}('a', () => {});\n`],
  ['server/src/a.test.ts', `describe.${'only'}.each([1])('a', () => {});\n`],
  ['e2e/a.e2e.ts', `test.concurrent.${'todo'}('a');\n`],
])('%s is refused with %j', (path, text) => {
  expect(wordComplaints(path, text)).toHaveLength(1);
});

test('plain source is fine', () => {
  expect(wordComplaints('server/src/a.ts', `export const path = '/api/v1/work/root/1';\n`)).toEqual(
    [],
  );
});
