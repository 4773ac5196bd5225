import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { generatedPaths, repositoryRoot } from './repo-files.ts';

/** Left behind by editors, merges and tools; never part of the product. */
const leftover =
  /^(?:\.DS_Store|Thumbs\.db|npm-debug\.log.*|.*\.(?:orig|rej|bak|swp|tmp|log|tsbuildinfo|tgz)|.*~)$/u;

/** Texts that say something about one machine or an unfinished thought. Built from parts, so that this file passes. */
const unwanted: readonly { readonly text: RegExp; readonly why: string }[] = [
  { text: /^(?:<{7}|>{7}) /mu, why: 'a merge conflict is left in it' },
  {
    text: new RegExp(`@ts-${'ignore'}|@ts-${'nocheck'}`, 'u'),
    why: 'type errors are mended, not silenced',
  },
  { text: new RegExp(`\\b(?:${'TO'}DO|${'FIX'}ME)\\b`, 'u'), why: 'do it, or open an issue' },
  {
    text: /(?:^|[\s"'`(=])\/(?:root|Users|home\/(?!node\b)[a-z]+|work)\//mu,
    why: 'it names a path of one machine',
  },
];
const unwantedInTests = /\b(?:it|test|describe|suite|bench)(?:\.\w+)*\.(?:skip|only|todo|fails)\b/u;

const publicRegistry = 'https://registry.npmjs.org/';

/** Packages of a lockfile's text that come from somewhere else than the public registry. */
export const foreignSources = (lockfile: string): string[] => {
  const { packages = {} } = JSON.parse(lockfile) as {
    packages?: Record<string, { resolved?: string; link?: boolean }>;
  };
  return Object.entries(packages).flatMap(([name, { resolved, link }]) =>
    resolved === undefined || link || resolved.startsWith(publicRegistry)
      ? []
      : [`${name}: ${resolved}`],
  );
};

/** What is wrong with one file of the repository, by its relative path and text. */
export const wordComplaints = (path: string, text: string): string[] => {
  const complaints = leftover.test(basename(path)) ? [`${path}: a leftover; delete it`] : [];
  if (path === 'package-lock.json')
    return [
      ...complaints,
      ...foreignSources(text).map(
        (source) =>
          `${path}: ${source} is not the public registry; .npmrc leaves registries out, run "npm install"`,
      ),
    ];
  if (/^registry\s*=/mu.test(basename(path) === '.npmrc' ? text : ''))
    complaints.push(`${path}: a registry belongs into the user's own configuration`);
  if (text === '') complaints.push(`${path}: empty; delete it`);
  for (const { text: pattern, why } of unwanted) {
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) complaints.push(`${path}: "${found.trim()}": ${why}`);
  }
  const [skipped] = (/\.(?:test|e2e|test-d)\.ts$/u.test(path) && unwantedInTests.exec(text)) || [];
  if (skipped !== undefined) complaints.push(`${path}: "${skipped}": a test runs, or is deleted`);
  return complaints;
};

const isText = (content: Buffer) => !content.subarray(0, 8_000).includes(0);

/** Reads what git tracks or would add under `root`, generated and binary files excepted. */
export const repositoryComplaints = (root: string): string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((path) => path !== '' && !generatedPaths.some((generated) => generated === path))
    .filter((path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile())
    .flatMap((path) => {
      const content = readFileSync(join(root, path));
      return isText(content) ? wordComplaints(path, content.toString('utf8')) : [];
    });

if (import.meta.main) {
  const complaints = repositoryComplaints(repositoryRoot);
  for (const complaint of complaints) console.error(complaint);
  console.log(`words and leftovers: ${complaints.length} refused`);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}
