import { expect, it } from 'vitest';
import { momentOf } from './where.ts';

it.each([
  ['2024-01-31', '2024-01-31T00:00:00.000Z'],
  ['2024-01-31T09:30:00', '2024-01-31T09:30:00.000Z'],
  ['2024-01-31T09:30:00+02:00', '2024-01-31T07:30:00.000Z'],
  // Zones that PostgreSQL does not know, and a year that it has not.
  ['1708-02-29T22:18:02+21:10', '1708-02-29T01:08:02.000Z'],
  ['0000-01-01', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59-23:00', '9999-12-31T23:59:59.999Z'],
])('%s is %s', (text, moment) => {
  expect(momentOf(text)).toBe(moment);
});
