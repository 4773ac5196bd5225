import { expect, it } from 'vitest';
import { isUnstorable, unstorableText } from './unstorable-text.ts';

it.each([
  [{ name: 'a', description: 'b\0' }, 'description'],
  [{ list: ['a', { deep: '\0' }] }, 'list.1.deep'],
  [{ 'ke\0y': 1 }, 'key'],
  [{ name: 'a', none: null, count: 1 }, undefined],
])('%j: %s', (input, path) => {
  expect(unstorableText(input)).toBe(path);
});

it('knows what PostgreSQL says of it', () => {
  expect(isUnstorable({ code: '22021' })).toBe(true);
  expect(isUnstorable({ code: '23505' })).toBe(false);
  expect(isUnstorable(null)).toBe(false);
});
