import { AppError } from '../errors/app-error.ts';
import type { Pool } from './pool.ts';

/** A transaction that waits for somebody's network ends after so long. */
export const LONGEST_TRANSACTION_MS = 30 * 60_000;
/** And after so long in which nothing came or went. */
export const LONGEST_SILENCE_MS = 60_000;

/** Of a pool's connections, one in so many may be held for as long as a file is on its way. */
const SHARE = 4;

const taken = new WeakMap<Pool, number>();

/**
 * Takes one of the few places for transactions that last as long as a file does; gives what returns
 * it. Throws SERVICE_UNAVAILABLE while all are taken, so that they never starve the other requests.
 */
export function takeLongPlace(pool: Pool): () => void {
  const places = Math.max(1, Math.floor((pool.options.max ?? 10) / SHARE));
  const before = taken.get(pool) ?? 0;
  if (before >= places)
    throw new AppError(
      'SERVICE_UNAVAILABLE',
      `${places} exports or imports of this kind run already; try again soon.`,
      { headers: { 'Retry-After': '5' } },
    );
  taken.set(pool, before + 1);
  let open = true;
  return () => {
    if (open) taken.set(pool, (taken.get(pool) ?? 1) - 1);
    open = false;
  };
}
