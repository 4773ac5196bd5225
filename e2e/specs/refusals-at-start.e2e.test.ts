import { expect, test } from 'vitest';
import { callApi } from '../support/call-api.ts';
import { ServerProcess } from '../support/server-process.ts';
import { ownSettings, rootKey, startServer } from '../support/start-server.ts';

// A start that can't work says why, all of it, and ends.
test('every problem of the configuration is named at once', async () => {
  const server = new ServerProcess({
    ...ownSettings(),
    PORT: 'eighty',
    DATABASE_URL: 'mysql://localhost/cms',
    ROOT_API_KEY: 'short',
    LOG_FORMAT: 'xml',
  });
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(server.output).toContain('4 problem(s)');
  for (const name of ['PORT', 'DATABASE_URL', 'ROOT_API_KEY', 'LOG_FORMAT'])
    expect(server.output).toMatch(new RegExp(`- ${name}: .{5,}`));
  // What it refuses to use it does not repeat either.
  expect(server.output).not.toContain('short');
  expect(server.output).not.toMatch(/\n\s+at .*\(/);
});

test('a second server on one data folder is refused, and the first goes on', async () => {
  const first = await startServer();
  const second = new ServerProcess({
    ...ownSettings(),
    DATA_DIR: first.dataDir,
    ROOT_API_KEY: rootKey,
  });
  expect(await second.exited).toEqual({ code: 1, signal: null });
  // Whose folder it is, and what to do instead.
  expect(second.output).toContain(first.dataDir);
  expect(second.output).toMatch(/DATA_DIR/);
  expect((await callApi(first, 'GET', '/api/v1/collections')).status).toBe(200);
  await first.stop();
});

test('a port in use is named', async () => {
  const first = await startServer();
  const { port } = new URL(first.url);
  const second = new ServerProcess({ ...ownSettings(), PORT: port });
  expect(await second.exited).toEqual({ code: 1, signal: null });
  expect(second.output).toContain(port);
  expect(second.output).toContain('Set PORT to another one');
  await first.stop();
});

test('a database that nobody answers for is named, without its password', async () => {
  const server = new ServerProcess({
    ...ownSettings(),
    DATABASE_URL: 'postgres://cms:very-secret@127.0.0.1:1/cms',
  });
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(server.output).toContain('ECONNREFUSED');
  expect(server.output).not.toContain('very-secret');
});
