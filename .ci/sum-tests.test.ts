import { expect, test } from 'vitest';
import { sumReports } from './sum-tests.ts';
import { temporaryRepository } from './temporary-repository.ts';

const report = (numPassedTests: number, numFailedTests: number, testResults: object[] = []) =>
  JSON.stringify({ numPassedTests, numFailedTests, testResults });

test('reports are summed; a file that broke before its tests is a failure', () => {
  const folder = temporaryRepository({
    'contracts.json': report(3, 0),
    'sdk.json': report(2, 1, [{ status: 'failed', assertionResults: [{ status: 'failed' }] }]),
    'server.json': report(10, 0, [{ status: 'failed', assertionResults: [] }]),
    'e2e.json': report(1, 0),
    'tooling.json': report(1, 0),
  });
  expect(sumReports(folder)).toEqual({ passed: 17, failed: 2 });
});

test('a workspace without a report is a failure', () => {
  expect(sumReports(temporaryRepository({ 'contracts.json': report(1, 0) }))).toEqual({
    passed: 1,
    failed: 4,
  });
});
