import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Launcher } from './launcher.ts';
import { launch } from './launcher.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import type { ServerLog } from './server-log.ts';

const POLL_MS = 15;
const SLOW_START_MS = 10_000;
const FAST_SHUTDOWN_MS = 30_000;

/** What `runPostmaster` needs to start a server; the same for every restart, but for the port of the first one. */
export interface PostmasterOptions {
  launcher: Launcher;
  /** Path of the program. */
  postgres: string;
  clusterDir: string;
  settings: Record<string, string | number | boolean>;
  serverLog: ServerLog;
  log: { warn(message: string): void };
}

/** A running server. */
export interface Postmaster {
  /** Settles when it has ended, with how, in words. */
  ended: Promise<string>;
  /** Disconnects everyone, writes a checkpoint and ends (by force after 30 s). */
  shutDown(): Promise<void>;
  /** Asks it to end, without waiting; does nothing when it has ended. */
  signalEnd(): void;
}

/**
 * Starts PostgreSQL in a session of its own, so that Ctrl-C in the terminal does not reach it before the application has
 * drained, and resolves when it takes connections on 127.0.0.1. Recovery after a crash may take its time; it is waited
 * for. Throws with the last lines of its log when it ends instead.
 */
export async function runPostmaster(options: PostmasterOptions, port: number): Promise<Postmaster> {
  const { serverLog, clusterDir } = options;
  const settings = Object.entries(options.settings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const command = [options.postgres, '-D', clusterDir, '-p', String(port), ...settings];
  serverLog.mark();
  const child = launch(options.launcher, command, {
    stdio: ['ignore', serverLog.fd, serverLog.fd],
    detached: true,
  });
  let ending: string | undefined;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `exit code ${code}` : `killed by ${signal}`),
    );
  }).then((how) => (ending = how));
  const startedAt = Date.now();
  let isSlow = false;
  for (;;) {
    if (ending !== undefined) {
      throw new Error(
        `PostgreSQL did not start (${ending}). The last lines of ${serverLog.file}:\n${serverLog.lastLines()}`,
      );
    }
    const state = readPostmasterFile(clusterDir);
    if (state?.pid === child.pid && state?.isReady) break;
    if (!isSlow && Date.now() - startedAt > SLOW_START_MS) {
      isSlow = true;
      options.log.warn(
        `PostgreSQL is still starting, perhaps recovering from a crash; see ${serverLog.file}`,
      );
    }
    await Promise.race([delay(POLL_MS), ended]);
  }
  // The application's own work decides how long the process lives, not its database.
  child.unref();
  return {
    ended,
    shutDown: () => shutDown(child, ended),
    signalEnd: () => void child.kill('SIGINT'),
  };
}

async function shutDown(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.ref();
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
  await ended;
  clearTimeout(timer);
}
