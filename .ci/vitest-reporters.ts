import { join } from 'node:path';

/**
 * The reporters of one workspace's tests. With `CMS_TEST_REPORTS` set to a folder, a JSON report
 * named after the workspace is written there too: .ci/run sums them.
 */
export const reportersFor = (workspace: string): (string | [string, { outputFile: string }])[] => {
  const folder = process.env['CMS_TEST_REPORTS'];
  if (folder === undefined || folder === '') return ['default'];
  return ['default', ['json', { outputFile: join(folder, `${workspace}.json`) }]];
};
