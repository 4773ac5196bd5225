import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { Client, type QueryResultRow } from 'pg';
import { onTestFinished, vi } from 'vitest';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './index.ts';
import { startEmbeddedPostgres } from './index.ts';
import { stopOrphanedServer } from './postmaster-file.ts';

// Clusters are made and killed here: on a machine under load that takes more than the usual limit.
vi.setConfig({ testTimeout: 60_000 });

/** A new data folder that goes, with the server in it, when the test ends. */
export function temporaryDataDir(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'cms-embedded-')));
  chmodSync(folder, 0o755);
  onTestFinished(async () => {
    await stopOrphanedServer(path.join(folder, 'postgres'), { warn: () => undefined });
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}

/** Starts in this process, and keeps what was logged as `level: message`. Stopped when the test ends. */
export async function startHere(
  dataDir: string,
  settings?: EmbeddedPostgresOptions['settings'],
): Promise<EmbeddedPostgres & { messages: string[] }> {
  const messages: string[] = [];
  const say = (level: string) => (message: string) => void messages.push(`${level}: ${message}`);
  const log = { info: say('info'), warn: say('warn'), error: say('error') };
  const running = await startEmbeddedPostgres({ dataDir, log, ...(settings && { settings }) });
  onTestFinished(() => running.stop());
  return { ...running, messages };
}

/** Another process that runs an embedded database. */
export interface OtherServer {
  process: ChildProcess;
  /** What it said first: where its database is, or why it failed. */
  first: { url: string; port: number } | { error: string };
  /** Has it return from its program, call process.exit, or be killed, and waits for its end. */
  end(how: 'stop' | 'exit' | 'SIGKILL'): Promise<void>;
}

/** Starts in a process of its own, by way of `prefix` (such as `['setpriv', …]`), with the program in `folder`. */
export async function startElsewhere(
  dataDir: string,
  { prefix = [] as string[], folder = import.meta.dirname } = {},
): Promise<OtherServer> {
  const program = path.join(folder, 'embedded-postgres.child.ts');
  const [command = '', ...args] = [...prefix, process.execPath, program, dataDir];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], cwd: '/' });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const errors = text(child.stderr);
  const lines = createInterface(child.stdout);
  const line = await Promise.race([once(lines, 'line'), once(lines, 'close')]);
  const first: OtherServer['first'] =
    line[0] === undefined ? { error: await errors } : JSON.parse(String(line[0]));
  return {
    process: child,
    first,
    async end(how) {
      if (how === 'SIGKILL') child.kill(how);
      else child.stdin.end(`${how}\n`);
      await ended;
    },
  };
}

/** Runs one statement on a connection of its own and returns its rows. */
export async function query<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
