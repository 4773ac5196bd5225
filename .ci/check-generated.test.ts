import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedFilesDiffer } from './check-generated.ts';
import { temporaryRepository } from './temporary-repository.ts';

const git = (root: string, ...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...words], {
    cwd: root,
  });

test('a generated file that changed, or is new, is noticed; others are not', () => {
  const root = temporaryRepository({ 'sdk/openapi.json': '{}\n' });
  git(root, 'init', '--quiet');
  git(root, 'add', '.');
  git(root, 'commit', '--quiet', '--message', 'All');
  expect(generatedFilesDiffer(root)).toBe(false);

  writeFileSync(join(root, 'sdk/package.json'), '{}');
  expect(generatedFilesDiffer(root)).toBe(false);

  writeFileSync(join(root, 'sdk/openapi.json'), '{"changed":true}\n');
  expect(generatedFilesDiffer(root)).toBe(true);

  git(root, 'checkout', '--quiet', 'sdk/openapi.json');
  writeFileSync(join(root, 'sdk/schema.d.ts'), '');
  expect(generatedFilesDiffer(root)).toBe(false);
});

test('a migration snapshot that nobody committed is noticed', () => {
  const root = temporaryRepository({ 'server/migrations/.snapshot-cms.json': '{}\n' });
  git(root, 'init', '--quiet');
  expect(generatedFilesDiffer(root)).toBe(true);
});
