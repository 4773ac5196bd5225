import { backOff, LONGEST_RETRY_AFTER_SECONDS, wait } from './back-off.ts';
import { networkError, wasNeverSent } from './network-failure.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** Sends a request once, as `globalThis.fetch` does. */
export type Send = (request: Request) => Promise<Response>;

export interface Resilience {
  /** How often a failed request is sent again. */
  readonly retries: number;
  /** Milliseconds that one attempt may take, the reading of its reply included. */
  readonly timeout: number;
}

/**
 * Wraps a fetch with a timeout and retries. 429 and 503 are always tried again: the server did
 * nothing. A lost connection, a timeout, 502 and 504 leave open whether it did, so only requests that
 * may safely happen twice are: reads, and POSTs with an idempotency key. Throws NetworkError; an abort
 * by the caller is thrown as it is.
 */
export const resilientFetch =
  (send: Send, { retries, timeout }: Resilience): Send =>
  async (original) => {
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= retries;
      const outcome = await sendOnce(send, original, timeout);
      if ('response' in outcome) {
        const { response } = outcome;
        const retryAfter = retryAfterSeconds(response.headers);
        const patient = (retryAfter ?? 0) <= LONGEST_RETRY_AFTER_SECONDS;
        if (last || !patient || !mayPass(original, response)) return response;
        await response.body?.cancel();
        await wait(backOff(attempt, retryAfter), original.signal);
      } else {
        const { error } = outcome;
        if (original.signal.aborted) throw error;
        if (last || !(isRepeatable(original) || wasNeverSent(error)))
          throw networkError(error, original, timeout);
        await wait(backOff(attempt, undefined), original.signal);
      }
    }
  };

type Outcome = { readonly response: Response } | { readonly error: unknown };

async function sendOnce(send: Send, original: Request, timeout: number): Promise<Outcome> {
  const signal = AbortSignal.any([original.signal, AbortSignal.timeout(timeout)]);
  try {
    // The original keeps its body for the next attempt.
    const response = await send(new Request(original.clone(), { signal }));
    return { response: await received(response) };
  } catch (error) {
    return { error };
  }
}

/** A JSON reply is read whole here, so that a connection lost in its middle counts as lost. */
async function received(response: Response): Promise<Response> {
  if (!/[/+]json/.test(response.headers.get('content-type') ?? '') || !response.body)
    return response;
  return new Response(await response.arrayBuffer(), response);
}

const isRepeatable = ({ method, headers }: Request): boolean =>
  method === 'GET' || method === 'HEAD' || headers.has('idempotency-key');

/** True for a reply that another attempt may turn into a better one. */
function mayPass(request: Request, { status, headers }: Response): boolean {
  if (status === 429 || status === 503) return true;
  if (status === 502 || status === 504) return isRepeatable(request);
  // The first attempt with this idempotency key is still running: the server says when to ask again.
  return status === 409 && request.headers.has('idempotency-key') && headers.has('retry-after');
}
