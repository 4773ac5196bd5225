import type { Moment } from './tree.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const millis: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: HOUR,
  day: DAY,
  week: 7 * DAY,
};
const first = Date.parse('0001-01-01T00:00:00.000Z');
const last = Date.parse('9999-12-31T23:59:59.999Z');

/** The moment that a macro means now, in UTC; never outside of the years 0001 to 9999. */
export function momentOf({ name, amount }: Pick<Moment, 'name' | 'amount'>, now: Date): Date {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const start = (y: number, m = 0, d = 1) => Date.UTC(y, m, d);
  switch (name) {
    case 'now':
      return now;
    case 'today':
    case 'todayStart':
      return new Date(start(year, month, day));
    case 'yesterday':
      return new Date(start(year, month, day - 1));
    case 'tomorrow':
      return new Date(start(year, month, day + 1));
    case 'todayEnd':
      return new Date(start(year, month, day + 1) - 1);
    case 'monthStart':
      return new Date(start(year, month));
    case 'monthEnd':
      return new Date(start(year, month + 1) - 1);
    case 'yearStart':
      return new Date(start(year));
    case 'yearEnd':
      return new Date(start(year + 1) - 1);
    case 'month':
      return addMonths(now, amount);
    case 'year':
      return addMonths(now, 12 * amount);
    default:
      return within(now.getTime() + amount * (millis[name] ?? 0));
  }
}

/** The same day of another month, or its last one where it has no such day. */
function addMonths(now: Date, months: number): Date {
  const month = now.getUTCMonth() + months;
  const moved = new Date(now);
  moved.setUTCFullYear(now.getUTCFullYear(), month, 1);
  const length = new Date(moved);
  length.setUTCMonth(moved.getUTCMonth() + 1, 0);
  moved.setUTCDate(Math.min(now.getUTCDate(), length.getUTCDate()));
  return within(moved.getTime());
}

const within = (time: number): Date =>
  new Date(Math.min(Math.max(Number.isNaN(time) ? last : time, first), last));
