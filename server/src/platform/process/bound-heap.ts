/**
 * How much garbage V8 may keep before it takes it away. By default it lets the young generation grow to
 * 128 MiB, and the old one to a multiple of what is alive, whatever the machine has; with these a
 * file of any length goes through the server in a fraction of that, and a request costs the same.
 */
const flags = ['--max-semi-space-size=16', '--heap-growing-percent=70'];

const isAboutHeap = (flag: string): boolean => /semi-space-size|heap-growing/.test(flag);

/**
 * Makes this process begin again with bounds for its garbage, which V8 takes at its start only: same
 * process id, same environment. Whoever has set such bounds keeps theirs, and where a process cannot be
 * replaced (Windows, a child that talks to its parent, as under --watch) it goes on as it is.
 */
export function boundHeap(): void {
  // Read here and not with the rest of the configuration: nothing else is to be loaded twice.
  const given = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''];
  if (given.some(isAboutHeap) || !process.execve || process.connected) return;
  if (process.platform === 'win32') return;
  process.execve(process.execPath, [
    process.argv0,
    ...flags,
    ...process.execArgv,
    ...process.argv.slice(1),
  ]);
}
