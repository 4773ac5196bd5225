import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** A way to start a program as a user that PostgreSQL accepts. */
export interface Launcher {
  /** In words, for messages. */
  name: string;
  /** Who must own the database folder, as seen from this process; undefined: the user this process runs as. */
  owner: Ids | undefined;
  /** The ids to change to while starting; undefined: none. */
  runAs: Ids | undefined;
  /** A program, with its arguments, that starts the real one in its place (same pid). */
  prefix: readonly string[];
}

/** Numeric user and group of the operating system. */
export interface Ids {
  uid: number;
  gid: number;
}

/**
 * The whole environment of the programs: nothing is inherited, so that no PGPORT, PGDATA or language of the shell leaks
 * in and messages are English.
 */
const ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
};

/** Starts a program by way of `launcher`; the same as node's `spawn` otherwise. */
export function launch(
  launcher: Launcher,
  command: readonly string[],
  options: { stdio: StdioOptions; detached?: boolean },
): ChildProcess {
  const [program = '', ...args] = [...launcher.prefix, ...command];
  return spawn(program, args, { ...options, ...launcher.runAs, env: ENVIRONMENT, cwd: '/' });
}

/** Runs a program to its end with `input` as its standard input, and returns what it wrote. `code` 0 is success. */
export async function runToEnd(
  launcher: Launcher,
  command: readonly string[],
  input = '',
): Promise<{ code: number; output: string }> {
  let child: ChildProcess;
  try {
    child = launch(launcher, command, { stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (error) {
    // Ids that this system does not know or allow are refused at once.
    return { code: -1, output: error instanceof Error ? error.message : String(error) };
  }
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null)
    throw new Error(`${command[0]} started without pipes`);
  const ended = new Promise<{ code: number; problem: string }>((resolve) => {
    child.once('error', (error) => resolve({ code: -1, problem: error.message }));
    child.once('close', (code, signal) =>
      resolve({ code: code ?? -1, problem: signal ? `killed by ${signal}` : '' }),
    );
  });
  // A program that ends early closes its input: its exit code tells more than the broken pipe.
  stdin.on('error', () => undefined).end(input);
  const [end, out, err] = await Promise.all([ended, text(stdout), text(stderr)]);
  return { code: end.code, output: `${out}${err}${end.problem}`.trim() };
}
