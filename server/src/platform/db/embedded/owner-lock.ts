import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { processStart } from './process-table.ts';

interface Owner {
  pid: number;
  /** What `processStart` said of the owner when it took the lock. */
  startedAt: string;
}

/**
 * Claims a data folder for this process by a file `postgres.lock`, so that two servers never run on one database
 * folder. A lock whose owner is gone is taken over. Returns what gives the lock back (may be called twice). Throws, with
 * the owner's pid and what to do, when another live process (or this one, already) holds it.
 */
export function acquireOwnerLock(dataDir: string): () => void {
  const lockFile = path.join(dataDir, 'postgres.lock');
  const mine = JSON.stringify({
    pid: process.pid,
    startedAt: processStart(process.pid) ?? '',
  } satisfies Owner);
  while (!createWithContent(lockFile, mine)) {
    const theirs = readIfThere(lockFile);
    if (theirs === undefined) continue;
    const owner = liveOwner(theirs);
    if (owner !== undefined) throw new Error(refusal(dataDir, owner));
    discardStale(lockFile, theirs);
  }
  return () => {
    if (readIfThere(lockFile) === mine) rmSync(lockFile, { force: true });
  };
}

function refusal(dataDir: string, owner: Owner): string {
  return owner.pid === process.pid
    ? `This process already runs a database in ${dataDir}. Stop that one first, or use another DATA_DIR.`
    : `The data folder ${dataDir} is in use by another running server (process ${owner.pid}). ` +
        `Stop it ("kill ${owner.pid}"), or set DATA_DIR to another folder for this one.`;
}

/** A link appears whole or not at all, so nobody ever reads a half-written lock. False when the file is there already. */
function createWithContent(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Of several processes that find the same dead owner only one may remove its lock, and none may remove the lock that
 * the quickest of them has meanwhile put in its place: what was moved aside is looked at again, and put back.
 */
function discardStale(lockFile: string, stale: string): void {
  const aside = `${lockFile}.stale.${process.pid}`;
  try {
    renameSync(lockFile, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readIfThere(aside);
  if (moved !== undefined && moved !== stale) createWithContent(lockFile, moved);
  rmSync(aside, { force: true });
}

function liveOwner(content: string): Owner | undefined {
  let owner: Partial<Owner>;
  try {
    owner = JSON.parse(content) as Partial<Owner>;
  } catch {
    return undefined;
  }
  if (typeof owner?.pid !== 'number' || typeof owner.startedAt !== 'string') return undefined;
  const start = processStart(owner.pid);
  if (start === undefined) return undefined;
  const isSame = start === owner.startedAt || start === '' || owner.startedAt === '';
  return isSame ? { pid: owner.pid, startedAt: owner.startedAt } : undefined;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
