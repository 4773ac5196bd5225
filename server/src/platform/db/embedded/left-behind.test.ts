import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { query, startElsewhere, startHere, temporaryDataDir } from './embedded-postgres.fixture.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { processStart } from './process-table.ts';

const postmasterOf = (dataDir: string): number =>
  readPostmasterFile(path.join(dataDir, 'postgres'))?.pid ?? 0;

/** A cluster that ran once, with a `postmaster.pid` that names another process. */
async function clusterWithPid(pid: (cluster: string) => number): Promise<string> {
  const dataDir = temporaryDataDir();
  const first = await startHere(dataDir);
  const cluster = path.join(dataDir, 'postgres');
  const file = path.join(cluster, 'postmaster.pid');
  const content = readFileSync(file, 'utf8');
  await first.stop();
  writeFileSync(file, content.replace(/^\d+/, String(pid(cluster))), { mode: 0o600 });
  const { uid, gid } = statSync(cluster);
  chownSync(file, uid, gid);
  return dataDir;
}

/** An unrelated process of the user that owns `folder`: one that PostgreSQL would take for a server. */
function unrelatedProcess(folder: string): number {
  const { uid, gid } = statSync(folder);
  const child = spawn('sleep', ['600'], { uid, gid, cwd: '/' });
  onTestFinished(async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  return child.pid ?? 0;
}

describe('postmaster.pid', () => {
  test('of a process that is gone is no hindrance', async () => {
    const gone = spawn('true');
    await once(gone, 'exit');
    const dataDir = await clusterWithPid(() => gone.pid ?? 0);
    expect(await query((await startHere(dataDir)).url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('whose number was given to an unrelated process is no hindrance, and that one lives on', async () => {
    let other = 0;
    const dataDir = await clusterWithPid((cluster) => (other = unrelatedProcess(cluster)));
    expect(await query((await startHere(dataDir)).url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(processStart(other)).toBeDefined();
  });
});

describe('another server process on the folder', () => {
  test('that was killed left its PostgreSQL running: it is stopped, and nothing is lost', async () => {
    const dataDir = temporaryDataDir();
    const killed = await startElsewhere(dataDir);
    if ('error' in killed.first) throw new Error(killed.first.error);
    await query(killed.first.url, 'create table kept as select 42 as answer');
    const orphan = postmasterOf(dataDir);
    await killed.end('SIGKILL');
    expect(processStart(orphan)).toBeDefined();

    const next = await startHere(dataDir);
    expect(next.messages[0]).toMatch(`PostgreSQL (process ${orphan}) was left behind`);
    expect(processStart(orphan)).toBeUndefined();
    expect(postmasterOf(dataDir)).not.toBe(orphan);
    expect(await query(next.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('that lives keeps it: the error names it and says what to do, and its database is not touched', async () => {
    const dataDir = temporaryDataDir();
    const owner = await startElsewhere(dataDir);
    if ('error' in owner.first) throw new Error(owner.first.error);
    await expect(startHere(dataDir)).rejects.toThrow(
      new RegExp(
        `in use by another running server \\(process ${owner.process.pid}\\).*DATA_DIR`,
        's',
      ),
    );
    expect(await query(owner.first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await owner.end('stop');
    await startHere(dataDir);
  });

  test('that just exits takes its PostgreSQL along, and gives the folder back', async () => {
    const dataDir = temporaryDataDir();
    const other = await startElsewhere(dataDir);
    const postmaster = postmasterOf(dataDir);
    expect(processStart(postmaster)).toBeDefined();
    await other.end('exit');
    expect(existsSync(path.join(dataDir, 'postgres.lock'))).toBe(false);
    await vi.waitFor(() => expect(processStart(postmaster)).toBeUndefined(), 10_000);
  });

  test('that was killed while it made the cluster leaves nothing that stands in the way', async () => {
    const dataDir = temporaryDataDir();
    const child = spawn(process.execPath, [
      path.join(import.meta.dirname, 'embedded-postgres.child.ts'),
      dataDir,
    ]);
    const ended = once(child, 'exit');
    const drafts = () => readdirSync(dataDir).filter((name) => name.startsWith('postgres.new-'));
    await vi.waitFor(() => expect(drafts()).toHaveLength(1), { timeout: 10_000, interval: 5 });
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(path.join(dataDir, 'postgres'))).toBe(false);
    const next = await startHere(dataDir);
    expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(drafts()).toEqual([]);
  });
});
