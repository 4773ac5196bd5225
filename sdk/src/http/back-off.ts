const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** A server that asks for more than this is not waited for: the caller decides. */
export const LONGEST_RETRY_AFTER_SECONDS = 60;

/**
 * Milliseconds before the attempt after `attempt` (from 0). Doubles each time, half of it at random,
 * so that many clients do not come back together; never less than the server asked for.
 */
export function backOff(attempt: number, retryAfter: number | undefined): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  const jittered = full / 2 + Math.random() * (full / 2);
  return retryAfter === undefined ? jittered : retryAfter * 1000 + Math.random() * FIRST_WAIT_MS;
}

/** Waits, and rejects with the signal's reason when it is aborted meanwhile. */
export const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return void reject(signal.reason as Error);
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal.addEventListener('abort', abort, { once: true });
  });
