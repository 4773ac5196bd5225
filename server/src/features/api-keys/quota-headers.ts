import { AppError } from '../../platform/errors/app-error.ts';
import type { Counted } from './key-windows.ts';

/** Seconds that a client is told to wait for what time alone will not bring back. */
const DAY_SECONDS = 86_400;

/** Seconds until a window is over, as far as it ever is. */
const secondsLeft = ({ length, startedAt }: Counted, now: Date): number =>
  length === null
    ? DAY_SECONDS
    : Math.max(1, Math.ceil((startedAt + length * 1000 - now.getTime()) / 1000));

const remaining = ({ limit, used }: Counted): number => Math.max(0, limit - used);

/** The window that closes first. */
const tightest = (windows: readonly Counted[]): Counted =>
  windows.reduce((one, other) => (remaining(other) < remaining(one) ? other : one));

/**
 * Reply headers that say what is left: `X-RateLimit-*` of the window that closes first, and all of them
 * as the IETF's `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers).
 */
export function quotaHeaders(windows: readonly Counted[], now: Date): Record<string, string> {
  const first = tightest(windows);
  const policy = windows.map(
    ({ name, limit, length }) => `"${name}";q=${limit}${length === null ? '' : `;w=${length}`}`,
  );
  const left = windows.map(
    (each) =>
      `"${each.name}";r=${remaining(each)}${each.length === null ? '' : `;t=${secondsLeft(each, now)}`}`,
  );
  return {
    'X-RateLimit-Limit': String(first.limit),
    'X-RateLimit-Remaining': String(remaining(first)),
    'X-RateLimit-Reset': String(Math.floor(now.getTime() / 1000) + secondsLeft(first, now)),
    'RateLimit-Policy': policy.join(', '),
    RateLimit: left.join(', '),
  };
}

/** The refusal of a use past a limit. */
export function tooMany(windows: readonly Counted[], now: Date): AppError {
  const full = windows.filter((each) => remaining(each) === 0);
  const wait = Math.max(...full.map((each) => secondsLeft(each, now)));
  const forGood = full.some(({ length }) => length === null);
  return new AppError(
    'RATE_LIMITED',
    forGood ? 'This key was used as often as it ever may be; make or ask for another.' : undefined,
    { headers: { ...quotaHeaders(windows, now), 'Retry-After': String(wait) } },
  );
}
