import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('bound-garbage.fixture.ts', import.meta.url));

/** MiB that a process took at most through which two million objects went. */
const peakOf = async (mode: 'bounded' | 'free'): Promise<number> =>
  Number((await promisify(execFile)(process.execPath, [program, mode])).stdout);

it('bounds what a process takes for garbage', { timeout: 60_000 }, async () => {
  const bounded = await peakOf('bounded');
  expect(bounded).toBeGreaterThan(0);
  expect(bounded).toBeLessThan(290);
  expect(await peakOf('free')).toBeGreaterThan(bounded);
});
