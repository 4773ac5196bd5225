import { ApiError } from '../../errors.ts';

/** What a refused batch says about its items, by their index. */
export interface Verdict {
  /** Items that cannot be imported as they are, with the reasons. */
  readonly refused: ReadonlyMap<number, readonly string[]>;
  /** Items of which some are at fault, but not necessarily all: they are tried one by one. */
  readonly doubtful: readonly number[];
}

/** Refusals that are about what was sent. Anything else (no permission, no collection) ends the import. */
const ABOUT_CONTENT = new Set([
  'VALIDATION_ERROR',
  'CONFLICT',
  'INVALID_INPUT',
  'PAYLOAD_TOO_LARGE',
]);

/**
 * True for an error that says something about the items, rather than about the request as a whole.
 * A conflict that passes with time is one of requests: the same batch is still being stored.
 */
export const isAboutContent = (error: unknown): error is ApiError =>
  error instanceof ApiError &&
  ABOUT_CONTENT.has(error.code) &&
  error.retryAfter === undefined &&
  !error.details.some(({ code }) => code === 'idempotency_key');

/**
 * Reads which of `count` items a refusal names (`entries.<i>.<field>`). A value that must be unique
 * is reported for all who share it, though the first of them may have it: those are doubtful. So are
 * all items where none is named.
 */
export function readRefusal(error: ApiError, count: number): Verdict {
  const reasons = new Map<number, string[]>();
  const wrong = new Set<number>();
  for (const { field, message, code } of error.details) {
    const [, index, path = ''] = /^entries\.(\d+)(?:\.(.*))?$/.exec(field) ?? [];
    if (index === undefined || Number(index) >= count) continue;
    const known = reasons.get(Number(index)) ?? [];
    reasons.set(Number(index), [...known, path === '' ? message : `${path}: ${message}`]);
    if (code !== 'unique') wrong.add(Number(index));
  }
  if (reasons.size === 0 && count === 1)
    return { refused: new Map([[0, [error.message]]]), doubtful: [] };
  if (reasons.size === 0) return { refused: new Map(), doubtful: [...Array(count).keys()] };
  const certain =
    reasons.size === 1 ? reasons : new Map([...reasons].filter(([i]) => wrong.has(i)));
  const doubtful = [...reasons.keys()].filter((index) => !certain.has(index));
  return { refused: certain, doubtful };
}
