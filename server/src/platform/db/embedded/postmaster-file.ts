import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commandLine, processStart } from './process-table.ts';

const FAST_SHUTDOWN_MS = 30_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;

/**
 * What the server running on a cluster wrote to its `postmaster.pid`: its pid, and whether it takes connections.
 * Undefined when there is no such file (or it is just being written).
 */
export function readPostmasterFile(
  clusterDir: string,
): { pid: number; isReady: boolean } | undefined {
  let lines: string[];
  try {
    lines = readFileSync(path.join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  // A server without a network (single-user mode) writes its pid negative.
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  return Number.isNaN(pid) ? undefined : { pid, isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Makes way for a new server on `clusterDir`; the caller holds the folder's lock, so a server found here has lost its
 * owner. It is shut down in order, by force after 30 s. When the pid in the file was given to an unrelated process, the
 * file is removed, for PostgreSQL would refuse to start. Throws when the old server cannot be ended.
 */
export async function stopOrphanedServer(
  clusterDir: string,
  log: { warn(message: string): void },
): Promise<void> {
  const found = readPostmasterFile(clusterDir);
  if (found === undefined || processStart(found.pid) === undefined) return;
  if (!isServerOf(clusterDir, found.pid)) {
    rmSync(path.join(clusterDir, 'postmaster.pid'), { force: true });
    return;
  }
  log.warn(
    `PostgreSQL (process ${found.pid}) was left behind by an earlier start; stopping it first.`,
  );
  if (await endedBy('SIGINT', clusterDir, found.pid, FAST_SHUTDOWN_MS)) return;
  if (await endedBy('SIGQUIT', clusterDir, found.pid, IMMEDIATE_SHUTDOWN_MS)) return;
  throw new Error(
    `PostgreSQL (process ${found.pid}) still runs on ${clusterDir} and does not stop. End it, then try again.`,
  );
}

/** Whether the process is a PostgreSQL server that was started by us on this very folder. */
function isServerOf(clusterDir: string, pid: number): boolean {
  const command = commandLine(pid);
  return command.includes('postgres') && command.includes(` -D ${clusterDir} `);
}

async function endedBy(
  signal: NodeJS.Signals,
  clusterDir: string,
  pid: number,
  withinMs: number,
): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  try {
    process.kill(pid, signal);
  } catch (error) {
    // ESRCH: it ended by itself just now.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  while (isServerOf(clusterDir, pid)) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}
