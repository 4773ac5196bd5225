import { expect, it } from 'vitest';
import { isDate, toUtc } from './moment.ts';

it.each([
  ['2024-01-31T11:30:00+02:00', '2024-01-31T09:30:00.000Z'],
  ['2024-01-31t09:30:00.1239z', '2024-01-31T09:30:00.123Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['0001-01-01T00:00:00+01:00', undefined],
  ['9999-12-31T23:59:59-01:00', undefined],
  ['2024-02-30T00:00:00Z', undefined],
  ['2024-01-31T24:00:00Z', undefined],
  ['2024-01-31T10:20:60Z', undefined],
  ['2024-01-31T09:30:00', undefined],
  ['2024-01-31', undefined],
])('%s is %s', (text, utc) => expect(toUtc(text)).toBe(utc));

it('knows the calendar', () => {
  expect(['2024-02-29', '2000-02-29', '9999-12-31'].every(isDate)).toBe(true);
  expect(
    ['2023-02-29', '1900-02-29', '2024-04-31', '0000-01-01', '2024-13-01', '2024-1-1'].some(isDate),
  ).toBe(false);
});
