import { rename } from 'node:fs/promises';
import path from 'node:path';
import { Pool } from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startHere, temporaryDataDir } from './embedded-postgres.fixture.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { processStart } from './process-table.ts';

test('a crash is logged as an error, and the server comes back on its port, so that a pool recovers', async () => {
  const dataDir = temporaryDataDir();
  const { url, messages } = await startHere(dataDir);
  const pool = new Pool({ connectionString: url });
  onTestFinished(() => pool.end());
  pool.on('error', () => undefined);
  await pool.query('create table kept as select 42 as answer');

  const pid = readPostmasterFile(path.join(dataDir, 'postgres'))?.pid ?? 0;
  process.kill(pid, 'SIGKILL');

  const recovered = async () =>
    expect((await pool.query('select answer from kept')).rows).toEqual([{ answer: 42 }]);
  await vi.waitFor(() => expect(messages.at(-1)).toMatch('runs again'), 10_000);
  await vi.waitFor(recovered, 10_000);
  expect(messages).toContainEqual(
    expect.stringMatching(/^error: PostgreSQL ended unexpectedly \(killed by SIGKILL\)/),
  );
});

test('stop during the attempts to restart ends them', async () => {
  const dataDir = temporaryDataDir();
  const { stop, messages } = await startHere(dataDir);
  const cluster = path.join(dataDir, 'postgres');
  const pid = readPostmasterFile(cluster)?.pid ?? 0;
  // Without its folder the server can neither go on nor come back.
  await rename(cluster, `${cluster}-away`);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(messages.join()).toMatch('did not start'), 10_000);
  await stop();
  const count = messages.length;
  expect(processStart(pid)).toBeUndefined();
  await stop();
  expect(messages).toHaveLength(count);
});
