import { readFileSync } from 'node:fs';

/** Ticks of a second in /proc, on every Linux that Node runs on. */
const TICKS = 100;

/** Seconds of CPU that a process, and the children it has waited for, took so far. */
function secondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may hold anything; times are the 14th to 17th field, the 3rd follows it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
}

/** CPU seconds of a process so far; undefined where there is no /proc. */
export function processCpu(pid: number): number | undefined {
  return readable(() => secondsOf(pid));
}

/** CPU seconds of PostgreSQL with all its backends, also the ones that have ended. */
export function postgresCpu(postmaster: number): number | undefined {
  return readable(() => {
    const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
    const pids = children.split(' ').filter((pid) => pid.trim() !== '');
    return pids.reduce((sum, pid) => sum + (processCpu(Number(pid)) ?? 0), secondsOf(postmaster));
  });
}

function readable(read: () => number): number | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
