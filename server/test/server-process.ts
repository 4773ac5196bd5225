import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { rootKey } from './harness.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it logged so far. */
  readonly lines: readonly string[];
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts the product as a user does, in a process of its own, and waits until it is ready. */
export async function startServerProcess(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: dataDir,
      PORT: '0',
      HOST: '127.0.0.1',
      ROOT_API_KEY: rootKey,
      LOG_FORMAT: 'json',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    const read = (line: string) => {
      lines.push(line);
      const ready = /Ready at (http:\/\/\S+)/.exec(line)?.[1];
      if (ready) resolve(ready.replace('localhost', '127.0.0.1'));
    };
    createInterface(child.stdout).on('line', read);
    createInterface(child.stderr).on('line', read);
    child.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${lines.join('\n')}`)));
  });
  return {
    url,
    child,
    lines,
    kill: async (signal) => {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}
