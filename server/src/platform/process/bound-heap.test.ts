import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const program = fileURLToPath(new URL('bound-heap.fixture.ts', import.meta.url));

async function started(
  flags: readonly string[],
  environment = {},
  stdio: 'ipc' | 'ignore' = 'ignore',
) {
  const child = spawn(process.execPath, [...flags, program, 'an argument'], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit', stdio],
  });
  let text = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) text += String(chunk);
  return { said: JSON.parse(text) as object, pid: child.pid };
}

it('begins again as the same process, with bounds and what it was given', async () => {
  const { said, pid } = await started(['--no-warnings']);
  expect(said).toEqual({
    flags: ['--max-semi-space-size=16', '--heap-growing-percent=70', '--no-warnings'],
    given: ['an argument'],
    pid,
  });
});

it('leaves alone whoever has bounds of their own, and who talks to a parent', async () => {
  const own = ['--max-semi-space-size=32'];
  expect((await started(own)).said).toMatchObject({ flags: own });
  const environment = { NODE_OPTIONS: own[0] };
  expect((await started([], environment)).said).toMatchObject({ flags: [] });
  expect((await started([], {}, 'ipc')).said).toMatchObject({ flags: [] });
});
