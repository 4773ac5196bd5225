import { spawnSync } from 'node:child_process';

/**
 * Runs turbo quietly: no telemetry, no update notice, two tasks at a time at most. It exists because
 * turbo reads these wishes from the environment only, and `NAME=value turbo` is not a command on Windows.
 * Arguments are handed on; the exit code is turbo's.
 */
export const turbo = (...words: string[]): number => {
  const { status, error } = spawnSync('turbo', ['run', ...words], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  });
  if (error)
    console.error(`turbo did not start (${error.message}): run "npm ci", then this by "npm run"`);
  return status ?? 1;
};

if (import.meta.main) process.exitCode = turbo(...process.argv.slice(2));
