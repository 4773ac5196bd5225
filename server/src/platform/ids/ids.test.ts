import { expect, it } from 'vitest';
import { idsBy, isId } from './ids.ts';

it('makes TypeIDs that sort as they were made, also at one moment of a fixed clock', () => {
  const newId = idsBy({ now: () => new Date('2026-01-01T00:00:00Z') });
  const ids = Array.from({ length: 20_000 }, () => newId('ent'));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  expect(ids.every((id) => isId('ent', id))).toBe(true);
});

it('sorts by the clock', () => {
  let now = 0;
  const newId = idsBy({ now: () => new Date(1_700_000_000_000 + (now += 1000)) });
  const [first, second] = [newId('ent'), newId('ent')];
  expect(first < second).toBe(true);
});

it('tells what can be an id of a kind', () => {
  expect(isId('ent', 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3')).toBe(true);
  for (const text of [
    '',
    'ent_',
    '680dff1d8f1b3c1f1a6f7a12',
    'col_01kaj5cz5rf4q9t2jw2hq5m8e3',
    'ent_81kaj5cz5rf4q9t2jw2hq5m8e3',
  ])
    expect(isId('ent', text)).toBe(false);
});
