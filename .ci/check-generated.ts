import { execFileSync, spawnSync } from 'node:child_process';
import { generatedPaths, repositoryRoot } from './repo-files.ts';
import { turbo } from './turbo.ts';

/**
 * True when git sees a difference between the committed generated files of `root` and those on disk,
 * new ones included; git prints the difference.
 */
export const generatedFilesDiffer = (root: string): boolean => {
  const pathspecs = generatedPaths.map((path) => `:(glob)${path}`);
  const changed = spawnSync('git', ['diff', '--exit-code', '--stat', '--', ...pathspecs], {
    cwd: root,
    stdio: 'inherit',
  });
  const fresh = execFileSync(
    'git',
    ['ls-files', '--others', '--exclude-standard', '--', ...pathspecs],
    { cwd: root, encoding: 'utf8' },
  ).trim();
  if (fresh !== '') console.error(`not committed:\n${fresh}`);
  return changed.status !== 0 || fresh !== '';
};

if (import.meta.main) {
  // A cached result would only prove that the cache is fresh.
  const generated = turbo('generate', '--force');
  const stale = generated === 0 && generatedFilesDiffer(repositoryRoot);
  if (stale)
    console.error(
      'Generated files are stale: the contracts or migrations changed and these did not. They are rewritten now; look at the difference and commit it ("npm run generate" does the same).',
    );
  else if (generated === 0) console.log('generated files: fresh');
  process.exitCode = generated !== 0 || stale ? 1 : 0;
}
