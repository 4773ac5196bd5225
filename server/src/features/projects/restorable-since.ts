import type { Clock } from '../../platform/clock/clock.ts';

const DAY_MS = 86_400_000;

/** Projects that were deleted after this moment can be restored; the others are to be removed. */
export const restorableSince = (clock: Clock, graceDays: number): string =>
  new Date(clock.now().getTime() - graceDays * DAY_MS).toISOString();
