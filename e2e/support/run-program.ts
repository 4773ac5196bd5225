import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Says to every tool that the tests run to keep to itself: no telemetry, no look for updates. */
const quiet = {
  DO_NOT_TRACK: '1',
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  NO_COLOR: '1',
};

/** Runs a program to its end. `settings` are added to the environment. Never throws for an exit code. */
export async function runProgram(
  program: string,
  words: readonly string[],
  options: { readonly cwd?: string; readonly settings?: Readonly<Record<string, string>> } = {},
): Promise<Result> {
  const child = spawn(program, words, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...quiet, ...options.settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  process.removeListener('exit', end);
  return { code, stdout, stderr };
}

/**
 * The script behind a command of an installed package, looked up from `from`, a module's URL: a
 * package that another workspace depends on is found where that workspace finds it.
 */
export function commandOf(packageName: string, command: string, from: string): string {
  const require = createRequire(from);
  const manifest = packageJsonOf(require, packageName);
  const { bin } = require(manifest) as { bin: string | Record<string, string> };
  const script = typeof bin === 'string' ? bin : bin[command];
  if (script === undefined) throw new Error(`${packageName} has no command ${command}`);
  return join(dirname(manifest), script);
}

/** Packages may hide their package.json, but not where they are. */
function packageJsonOf(require: NodeJS.Require, packageName: string): string {
  for (const folder of require.resolve.paths(packageName) ?? []) {
    const manifest = join(folder, packageName, 'package.json');
    try {
      return require.resolve(manifest);
    } catch {
      // Not in this folder; the next one is further up.
    }
  }
  throw new Error(`${packageName} is not installed; run npm ci`);
}

/** Runs the command of an installed package with this same Node. */
export const runCommand = (
  packageName: string,
  command: string,
  words: readonly string[],
  options: Parameters<typeof runProgram>[2] & { readonly from?: string } = {},
): Promise<Result> =>
  runProgram(
    process.execPath,
    [commandOf(packageName, command, options.from ?? import.meta.url), ...words],
    options,
  );
