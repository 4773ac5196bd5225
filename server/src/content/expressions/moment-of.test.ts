import { expect, it } from 'vitest';
import { momentOf } from './moment-of.ts';

const now = new Date('2024-03-31T09:30:15.123Z');

it.each([
  ['now', 0, '2024-03-31T09:30:15.123Z'],
  ['today', 0, '2024-03-31T00:00:00.000Z'],
  ['yesterday', 0, '2024-03-30T00:00:00.000Z'],
  ['tomorrow', 0, '2024-04-01T00:00:00.000Z'],
  ['todayEnd', 0, '2024-03-31T23:59:59.999Z'],
  ['monthStart', 0, '2024-03-01T00:00:00.000Z'],
  ['monthEnd', 0, '2024-03-31T23:59:59.999Z'],
  ['yearStart', 0, '2024-01-01T00:00:00.000Z'],
  ['yearEnd', 0, '2024-12-31T23:59:59.999Z'],
  ['hour', -2, '2024-03-31T07:30:15.123Z'],
  ['day', 7, '2024-04-07T09:30:15.123Z'],
  ['week', 1, '2024-04-07T09:30:15.123Z'],
  // March has no counterpart of its 31st in February: the last day stands for it.
  ['month', -1, '2024-02-29T09:30:15.123Z'],
  ['month', 11, '2025-02-28T09:30:15.123Z'],
  ['year', 1, '2025-03-31T09:30:15.123Z'],
  // What leaves the years that can be stored stays at their end.
  ['year', 99_999, '9999-12-31T23:59:59.999Z'],
  ['year', -99_999, '0001-01-01T00:00:00.000Z'],
] as const)('@%s %i', (name, amount, expected) => {
  expect(momentOf({ name, amount }, now).toISOString()).toBe(expected);
});
