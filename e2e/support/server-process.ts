import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** Where the README's commands are typed. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const running = new Set<ServerProcess>();
/** Servers that a failed test left behind end with its file. */
afterAll(async () => {
  await Promise.all([...running].map((each) => each.stop()));
});

/** How the server is started: as `npm start` types it, without npm between us and its signals. */
const asNpmStartDoes = [process.execPath, 'server/src/main.ts'] as const;

/** A server that was started as a child process, with everything it printed. */
export class ServerProcess {
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  #output = '';
  #isRunning = true;
  readonly #waiting = new Set<() => void>();

  /**
   * Starts the server with `settings` as its environment variables and nothing of our own
   * environment but what finds programs. `command` is typed in the repository's root.
   */
  constructor(
    settings: Readonly<Record<string, string>>,
    [program, ...words]: readonly [string, ...string[]] = asNpmStartDoes,
  ) {
    const { PATH = '', HOME = '', TMPDIR } = process.env;
    this.#child = spawn(program, words, {
      cwd: repositoryRoot,
      // A process group of its own, as a terminal gives to each command: see pressControlC.
      detached: true,
      env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const read = (text: Buffer) => {
      this.#output += text.toString();
      this.#look();
    };
    this.#child.stdout?.on('data', read);
    this.#child.stderr?.on('data', read);
    running.add(this);
    this.exited = once(this.#child, 'close').then(([code, signal]) => {
      running.delete(this);
      this.#isRunning = false;
      this.#look();
      return { code, signal } as Exit;
    });
  }

  /** Everything printed so far, both streams. */
  get output(): string {
    return this.#output;
  }

  /** Waits until the output has `pattern`. Throws, with the output, when the process ends before. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#output);
      if (found) return found;
      if (!this.#isRunning) throw new Error(`It ended without ${pattern}:\n${this.#output}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** What Ctrl+C in a terminal does: every process of the command is interrupted, and it ends. */
  async pressControlC(): Promise<Exit> {
    process.kill(-(this.#child.pid as number), 'SIGINT');
    return this.exited;
  }

  /** Asks it to stop, as a service manager does, and waits until it has. */
  async stop(): Promise<Exit> {
    this.signal('SIGTERM');
    return this.exited;
  }

  #look(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const look of waiting) look();
  }
}
