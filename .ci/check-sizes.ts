import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSupportFile, isTestFile, repositoryRoot, sourceFiles } from './repo-files.ts';

/** Lines: the median of what ships, a warning, and the refusals. */
const limits = { median: 70, soft: 200, hard: 350, tests: 500 } as const;

/** What the sizes of files say: `refused` fails the run, `warnings` do not. */
export interface SizeReport {
  readonly median: number;
  readonly files: number;
  readonly refused: string[];
  readonly warnings: string[];
}

const medianOf = (numbers: readonly number[]) => {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [high = 0, low = high] = [sorted[middle], sorted[middle - 1]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
};

/** Measures every source file under `root`; migrations are generated and not counted. */
export const measureSizes = (root: string): SizeReport => {
  const measured = sourceFiles(root)
    .filter((path) => !path.startsWith('server/migrations/'))
    .map((path) => ({
      path,
      lines: readFileSync(join(root, path), 'utf8').trimEnd().split('\n').length,
    }));
  const shipped = measured.filter(({ path }) => !isSupportFile(path)).map(({ lines }) => lines);
  const median = medianOf(shipped);
  const refused = measured.flatMap(({ path, lines }) => {
    const limit = isTestFile(path) ? limits.tests : limits.hard;
    return lines > limit
      ? [`${path}: ${lines} lines, ${limit} at most; split it by what it does`]
      : [];
  });
  if (median > limits.median)
    refused.push(
      `the median file has ${median} lines, ${limits.median} at most: split the longer half`,
    );
  const warnings = measured
    .filter(({ path, lines }) => !isTestFile(path) && lines > limits.soft && lines <= limits.hard)
    .map(({ path, lines }) => `${path}: ${lines} lines, over the soft limit of ${limits.soft}`);
  return { median, files: shipped.length, refused, warnings };
};

if (import.meta.main) {
  const { median, files, refused, warnings } = measureSizes(repositoryRoot);
  for (const warning of warnings) console.warn(`warning: ${warning}`);
  for (const complaint of refused) console.error(complaint);
  console.log(`sizes: ${files} files, median ${median} lines, ${refused.length} refused`);
  process.exitCode = refused.length === 0 ? 0 : 1;
}
