import { expect, it } from 'vitest';
import { addMapping, mapKeys } from './map-keys.ts';

const map = addMapping('old=', addMapping('from=to'));

it('renames and leaves out fields, bare or in data', () => {
  expect(mapKeys({ from: 1, old: 2, other: 3 }, map)).toEqual({ to: 1, other: 3 });
  expect(mapKeys({ data: { from: 1, old: 2 }, status: 'draft' }, map)).toEqual({
    data: { to: 1 },
    status: 'draft',
  });
});

it('refuses what is no mapping', () => {
  expect(() => addMapping('nothing')).toThrow('from=to');
  expect(() => addMapping('a=b c')).toThrow('from=to');
});
