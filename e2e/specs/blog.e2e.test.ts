import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../support/run-program.ts';
import { repositoryRoot } from '../support/server-process.ts';
import { startServer, type RunningServer } from '../support/start-server.ts';

/**
 * The example of the SDK, run as its README says: it models a blog, imports a folder of posts, authors
 * and pages, and compares every entry that it reads back with what it sent.
 */
let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const runExample = (...words: string[]) =>
  runProgram(process.execPath, ['sdk/examples/blog/main.ts', ...words], {
    cwd: repositoryRoot,
    settings: { CMS_URL: server.url, CMS_API_KEY: server.apiKey },
  });

test('imports its own small folder, and nothing twice', async () => {
  const first = await runExample();
  expect(first.stderr).toBe('');
  expect(first.stdout).toContain('Imported 14 authors, 19 posts and 2 pages.');
  expect(first.stdout).toContain('Read 35 entries back: all as they were sent.');
  const again = await runExample();
  expect(again.stdout).toContain('Imported 0 authors, 0 posts and 0 pages.');
});

// A whole blog to import may lie beside the checkout; BLOG_DATA says where.
test.runIf(process.env['BLOG_DATA'])('imports a whole blog', async () => {
  const folder = join(process.env['BLOG_DATA'] ?? '');
  const whole = await runExample(folder);
  expect(whole.stderr).toBe('');
  expect(whole.stdout).toMatch(/Read \d{4,} entries back: all as they were sent\./);
});

test('says what to do without a key', async () => {
  const refused = await runProgram(process.execPath, ['sdk/examples/blog/main.ts'], {
    cwd: repositoryRoot,
    settings: { CMS_URL: server.url, CMS_API_KEY: '' },
  });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('Send a valid API key');
});
