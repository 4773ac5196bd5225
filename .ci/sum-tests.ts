import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaces } from './repo-files.ts';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Test counts over all workspaces. */
export interface Total {
  readonly passed: number;
  readonly failed: number;
}

/** A file that failed before, or beside, its tests: it counts as one failure, lest it be lost. */
const brokenFiles = (report: Report) =>
  report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;

/** Sums the vitest reports `<workspace>.json` in a folder; a workspace without one counts as one failure. */
export const sumReports = (folder: string): Total => {
  const totals = [...workspaces, 'tooling'].map((workspace): Total => {
    const path = join(folder, `${workspace}.json`);
    if (!existsSync(path)) {
      console.error(`no test report of ${workspace}: its tests did not run to the end`);
      return { passed: 0, failed: 1 };
    }
    const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
    return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles(report) };
  });
  return {
    passed: totals.reduce((sum, { passed }) => sum + passed, 0),
    failed: totals.reduce((sum, { failed }) => sum + failed, 0),
  };
};

if (import.meta.main) {
  const { passed, failed } = sumReports(process.argv[2] ?? '.');
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
