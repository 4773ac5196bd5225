import { datePattern, dateTimePattern } from '@cms/contracts';

const daysBefore = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const exists = (year: number, month: number, day: number): boolean => {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 && leap ? 29 : (daysBefore[month - 1] ?? 0));
};

/** True for a day of the calendar as `YYYY-MM-DD`, years 0001 to 9999. */
export const isDate = (text: string): boolean =>
  datePattern.test(text) &&
  exists(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)));

/**
 * An RFC 3339 time as UTC with milliseconds (finer digits are cut off), or undefined where it is none
 * or leaves the years 0001 to 9999. A leap second (`:60`) is the second after it, as in PostgreSQL.
 */
export function toUtc(text: string): string | undefined {
  const parts = dateTimePattern.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6])];
  const offset = offsetMinutes(parts[8] ?? 'Z');
  if (!exists(year, month, day) || hour > 23 || minute > 59 || second > 60) return undefined;
  if (offset === undefined) return undefined;
  const millis = (parts[7] ?? '.').slice(1, 4).padEnd(3, '0');
  // Most times come as UTC already; making a Date of them would be most of the work.
  if (offset === 0 && second < 60) return `${text.slice(0, 10)}T${text.slice(11, 19)}.${millis}Z`;
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  moment.setUTCHours(hour, minute - offset, second, Number(millis));
  // A leap second ends a day of UTC; anywhere else `:60` is a mistake.
  if (second === 60 && (moment.getUTCHours() !== 0 || moment.getUTCMinutes() !== 0))
    return undefined;
  const utc = moment.toISOString();
  return utc.length === 24 && !utc.startsWith('0000') ? utc : undefined;
}

function offsetMinutes(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(4));
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
