import type { Clock } from '../../platform/clock/clock.ts';
import type { Principal } from '../context.ts';
import {
  bound,
  type Condition,
  type Fragment,
  type Predicate,
  type RequestValues,
} from '../expressions/index.ts';

type Data = Readonly<Record<string, unknown>>;

/** A rule for one request: its parameters are known. */
export interface BoundRule {
  /** False where it depends on who asks, when and how, and on nothing of the entry. */
  readonly asksEntry: boolean;
  /** The predicate on a row of the partition, its parameters numbered from `first`. */
  where(first: number): string;
  /** The same, for who puts SQL together with more; with nothing that was sent. */
  readonly fragment: Fragment;
  readonly condition: Condition;
  readonly request: RequestValues;
  /** Those parameters; `data` is what was sent with the request. */
  values(data?: Data): unknown[];
  /** The same on rows that have what was sent with each of them in a column, of type jsonb. */
  whereSent(first: number, column: string): string;
  valuesWithout(): unknown[];
  /** What that column holds for an entry that is sent. */
  sent(data: Data): string;
}

/** A condition of one request, as SQL and, with what its values are read from, for an index that reads none. */
export type BoundCondition = Pick<BoundRule, 'fragment' | 'condition' | 'request'>;

/** Who asks, how and when. */
export interface Asker {
  readonly principal: Principal;
  readonly method: string;
  readonly clock: Clock;
}

/** What rules know of a request. */
export const requestOf = ({ principal, method, clock }: Asker): RequestValues => ({
  auth: {
    id: principal.id ?? '',
    email: principal.email ?? '',
    role: principal.role ?? '',
  },
  method,
  now: clock.now(),
});

/** A predicate with the values of one request, with nothing that was sent. */
export function boundTo({ fragment, condition }: Predicate, asker: Asker): BoundCondition {
  const request = requestOf(asker);
  return { fragment: bound(fragment, request, '{}'), condition, request };
}

/** Binds a rule to who asks, how and when. */
export function bindRule(predicate: Predicate, asker: Asker): BoundRule {
  const request = requestOf(asker);
  return {
    get fragment() {
      return bound(predicate.fragment, request, '{}');
    },
    condition: predicate.condition,
    request,
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
