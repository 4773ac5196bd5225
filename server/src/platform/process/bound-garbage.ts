import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MIB = 1024 * 1024;
/** Memory up to which, and growth since the last time up to which, V8 is left to its own judgement. */
const ALWAYS_ALLOWED = 240 * MIB;
const ALLOWED_GROWTH = 72 * MIB;

type Collect = (options: object) => void;

/** V8's collector, which a flag puts within reach: at run time, of contexts that are made after it. */
function collector(): Collect {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  setFlagsFromString('--no-expose-gc');
  return collect;
}

let collect: Collect | undefined;
let allowed = 0;

const allowFrom = (taken: number): void => {
  allowed = Math.max(ALWAYS_ALLOWED, taken + ALLOWED_GROWTH);
};

/**
 * Has garbage taken away, and its memory given back, once there is much of it. V8 lets it grow to a multiple
 * of what is alive, and keeps the room: right for requests, which would pay for less, and too much for
 * work that puts hundreds of megabytes through the process. To be called after each batch of such work;
 * where there is much to take it stops the process for about 80 ms.
 */
export function boundGarbage(): void {
  const taken = process.memoryUsage.rss();
  if (allowed === 0) allowFrom(taken);
  if (taken < allowed) return;
  collect ??= collector();
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  allowFrom(process.memoryUsage.rss());
}
