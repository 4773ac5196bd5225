import { closeSync, copyFileSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

const MAX_BYTES = 10 * 1024 * 1024;
const CHECK_EVERY_MS = 60_000;
const TAIL_BYTES = 4096;
const TAIL_LINES = 12;

/** The file that PostgreSQL writes its messages to. */
export interface ServerLog {
  file: string;
  /** The descriptor handed to PostgreSQL as its output. */
  fd: number;
  /** Forgets what was written so far, for `lastLines`. */
  mark(): void;
  /** The last lines written since `mark`, joined by line ends; empty when there are none. */
  lastLines(): string;
  /** Moves the content to `<file>.1` when it has grown past the limit. Runs by itself once a minute too. */
  keepBounded(): void;
  /** Stops watching the size and closes the file. */
  close(): void;
}

/**
 * Opens the log for appending, readable by its owner alone. It and its one predecessor together stay below about twice
 * `maxBytes`. The file is emptied in place: PostgreSQL holds the descriptor, and appends at the (new) end. Its own log
 * rotation bounds days but no bytes, and would cost a process.
 */
export function openServerLog(file: string, maxBytes = MAX_BYTES): ServerLog {
  const fd = openSync(file, 'a+', 0o600);
  let marked = 0;
  const keepBounded = (): void => {
    if (fstatSync(fd).size <= maxBytes) return;
    copyFileSync(file, `${file}.1`);
    ftruncateSync(fd, 0);
    marked = 0;
  };
  keepBounded();
  const timer = setInterval(keepBounded, CHECK_EVERY_MS).unref();
  return {
    file,
    fd,
    keepBounded,
    mark() {
      marked = fstatSync(fd).size;
    },
    lastLines() {
      const { size } = fstatSync(fd);
      const from = Math.max(marked, size - TAIL_BYTES, 0);
      const buffer = Buffer.alloc(Math.max(size - from, 0));
      const length = readSync(fd, buffer, 0, buffer.length, from);
      return buffer.toString('utf8', 0, length).trim().split('\n').slice(-TAIL_LINES).join('\n');
    },
    close() {
      clearInterval(timer);
      closeSync(fd);
    },
  };
}
