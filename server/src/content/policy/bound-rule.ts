import type { Clock } from '../../platform/clock/clock.ts';
import type { Principal } from '../context.ts';
import type { Predicate } from '../expressions/index.ts';

type Data = Readonly<Record<string, unknown>>;

/** A rule for one request: its parameters are known. */
export interface BoundRule {
  /** False where it depends on who asks, when and how, and on nothing of the entry. */
  readonly asksEntry: boolean;
  /** The predicate on a row of the partition, its parameters numbered from `first`. */
  where(first: number): string;
  /** Those parameters; `data` is what was sent with the request. */
  values(data?: Data): unknown[];
  /** The same on rows that have what was sent with each of them in a column, of type jsonb. */
  whereSent(first: number, column: string): string;
  valuesWithout(): unknown[];
  /** What that column holds for an entry that is sent. */
  sent(data: Data): string;
}

/** Binds a rule to who asks, how and when. */
export function bindRule(
  predicate: Predicate,
  { principal, method, clock }: { principal: Principal; method: string; clock: Clock },
): BoundRule {
  const request = {
    auth: {
      id: principal.id ?? '',
      email: principal.email ?? '',
      role: principal.role ?? '',
    },
    method,
    now: clock.now(),
  };
  return {
    asksEntry: predicate.meaning.length > 0,
    where: (first) => predicate.where(first),
    values: (data = {}) => {
      const values = predicate.values(request);
      return predicate.asksSent ? [predicate.sent(data), ...values] : values;
    },
    whereSent: (first, column) => predicate.where(first, column),
    valuesWithout: () => predicate.values(request),
    sent: (data) => predicate.sent(data),
  };
}
