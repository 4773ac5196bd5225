import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const apiKey = 'root_key_of_the_sdk_tests_0123456789';
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A real server on its own database, as a first start gives it. */
export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
  /** Kills it in the middle of whatever it does, and starts it again where it was. */
  crash(): Promise<void>;
  restart(): Promise<void>;
}

/** Starts a server of this repository on a free port. Throws with its log when it does not come up. */
export async function startServer(): Promise<RunningServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cms-sdk-server-'));
  let child = spawnServer(dataDir, '0');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  const stop = async (): Promise<void> => {
    await end('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await readyUrl(child);
    const restart = async () => {
      child = spawnServer(dataDir, new URL(url).port);
      await readyUrl(child);
    };
    return { url, stop, crash: () => end('SIGKILL'), restart };
  } catch (error) {
    await stop();
    throw error;
  }
}

const spawnServer = (dataDir: string, port: string): ChildProcess =>
  spawn(process.execPath, ['server/src/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      HOST: '127.0.0.1',
      PORT: port,
      ROOT_API_KEY: apiKey,
      LOG_FORMAT: 'json',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function readyUrl(child: ChildProcess): Promise<string> {
  const log: string[] = [];
  child.stderr?.on('data', (text: Buffer) => log.push(String(text)));
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    log.push(line);
    const port = /Ready at http:\/\/[^\s:]+:(\d+)/.exec(line)?.[1];
    if (port !== undefined) {
      // What comes later must not fill the pipe.
      child.stdout?.resume();
      return `http://127.0.0.1:${port}`;
    }
  }
  throw new Error(`The server did not start:\n${log.join('\n')}`);
}
