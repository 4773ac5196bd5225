import { readFileSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryDataDir } from './embedded-postgres.fixture.ts';
import { openServerLog } from './server-log.ts';

test('the log stays below its limit, keeps one predecessor, and goes on at the new end', () => {
  const file = path.join(temporaryDataDir(), 'postgres.log');
  const log = openServerLog(file, 1000);
  onTestFinished(() => log.close());
  writeSync(log.fd, 'old\n'.repeat(300));
  log.keepBounded();
  writeSync(log.fd, 'new\n');
  expect(readFileSync(file, 'utf8')).toBe('new\n');
  expect(readFileSync(`${file}.1`, 'utf8')).toHaveLength(1200);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(`${file}.1`).mode & 0o777).toBe(0o600);
});

test('the last lines are those since the mark, twelve at most', () => {
  const log = openServerLog(path.join(temporaryDataDir(), 'postgres.log'));
  onTestFinished(() => log.close());
  writeSync(log.fd, 'before\n');
  log.mark();
  expect(log.lastLines()).toBe('');
  for (let line = 1; line <= 20; line += 1) writeSync(log.fd, `line ${line}\n`);
  expect(log.lastLines().split('\n')).toEqual(
    Array.from({ length: 12 }, (_, index) => `line ${index + 9}`),
  );
});
