import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { lostKey } from './lost-key.ts';

it.each([
  ['{"__proto__":1}', '__proto__'],
  ['{"filter":{"_and":[{"title":"x"},{"__proto__":{"eq":"x"}}]}}', 'filter._and.1.__proto__'],
  ['{"data":{"a":{"b":{"__proto__":null}}}}', 'data.a.b.__proto__'],
])('%s', (text, path) => {
  expect(lostKey(JSON.parse(text))).toBe(path);
});

it('takes everything else, however deep, and looks into no stream', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`) as unknown;
  for (const input of [deep, undefined, null, '__proto__', { constructor: {} }, new PassThrough()])
    expect(lostKey(input)).toBeUndefined();
});
