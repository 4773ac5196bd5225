import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { repositoryRoot, workspaces } from './repo-files.ts';

/**
 * A folder that looks like this repository (its manifests and lint configuration) and holds the given
 * files, `path -> text`. It goes when the test ends. Returns its absolute path.
 */
export const temporaryRepository = (files: Record<string, string>): string => {
  const root = mkdtempSync(join(tmpdir(), 'cms-house-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const copied = [
    'package.json',
    '.oxlintrc.json',
    ...workspaces.map((name) => `${name}/package.json`),
  ];
  for (const path of copied) cpSync(join(repositoryRoot, path), join(root, path));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};
