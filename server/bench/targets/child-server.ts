import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Target } from './target.ts';

const READY_MS = 60_000;
const STOP_MS = 15_000;
/** The end of a child's output that is kept, in characters, for the message when it fails. */
const KEPT_OUTPUT = 4000;

export interface ChildServer extends Target {
  /** Asks it to end, and makes it end when it does not. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly name: Target['name'];
  /** Path of the program. */
  readonly program: string;
  readonly nodeOptions?: readonly string[];
  /** Joined to this process's own; PORT is added. */
  readonly environment: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts a server as a process of its own and waits until it answers. Throws with its output. */
export async function startChild(options: ChildOptions, signal: AbortSignal): Promise<ChildServer> {
  const port = await freePort();
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), options.program], {
    env: { ...process.env, ...options.environment, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Whatever way this process ends, no server is left behind.
  const kill = () => void child.kill('SIGKILL');
  process.on('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  let output = '';
  const keep = (chunk: string) => (output = (output + chunk).slice(-KEPT_OUTPUT));
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  try {
    await answers(child, port, AbortSignal.any([signal, AbortSignal.timeout(READY_MS)]));
  } catch (cause) {
    await stopChild(child);
    throw new Error(`${options.name} did not start. Its last output:\n${output}`, { cause });
  }
  const { name, headers = {} } = options;
  return { name, port, pid: child.pid as number, headers, stop: () => stopChild(child) };
}

/** Resolves when the server answers a request for /health, with whatever status. */
async function answers(child: ChildProcess, port: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    if (hasEnded(child)) throw new Error(`It ended with exit code ${child.exitCode}.`);
    try {
      await (await fetch(`http://127.0.0.1:${port}/health`, { signal })).arrayBuffer();
      return;
    } catch {
      await delay(50);
    }
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(force);
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
