import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDataDir } from './embedded-postgres.fixture.ts';
import { acquireOwnerLock } from './owner-lock.ts';
import { processStart } from './process-table.ts';

test('one owner at a time, and a free folder holds nothing', () => {
  const dataDir = temporaryDataDir();
  const release = acquireOwnerLock(dataDir);
  expect(() => acquireOwnerLock(dataDir)).toThrow(/already runs a database in .*DATA_DIR/s);
  release();
  release();
  expect(readdirSync(dataDir)).toEqual([]);
});

test.each([
  ['whose process is gone', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: '1' })],
  ['whose pid was given to another process', JSON.stringify({ pid: process.pid, startedAt: '1' })],
  ['that is damaged', '{"pid":'],
  ['that is empty', ''],
])('a lock %s is taken over', (_, content) => {
  const dataDir = temporaryDataDir();
  const file = path.join(dataDir, 'postgres.lock');
  writeFileSync(file, content);
  acquireOwnerLock(dataDir);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    pid: process.pid,
    startedAt: processStart(process.pid),
  });
  expect(readdirSync(dataDir)).toEqual(['postgres.lock']);
});

test('a lock that was taken over by somebody else is not removed', () => {
  const dataDir = temporaryDataDir();
  const release = acquireOwnerLock(dataDir);
  writeFileSync(path.join(dataDir, 'postgres.lock'), '{"pid":1,"startedAt":"1"}');
  release();
  expect(readdirSync(dataDir)).toEqual(['postgres.lock']);
});
