import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AppError } from '../../platform/errors/app-error.ts';
import { parseQuery } from './parse-query.ts';

it('reads names, brackets and repeated keys, and keeps values as text', () => {
  expect(parseQuery('a=1&b[gt]=2023-01-01&c=x&c=y&filter[status][eq]=published')).toEqual({
    a: '1',
    b: { gt: '2023-01-01' },
    c: ['x', 'y'],
    filter: { status: { eq: 'published' } },
  });
});

it('splits on single & only, as document S4 prints its filters', () => {
  expect(parseQuery('filter=status=published&&featured=true&page=2')).toEqual({
    filter: 'status=published&&featured=true',
    page: '2',
  });
});

it('reads plus and escapes, and refuses escapes that are no UTF-8', () => {
  expect(parseQuery('q=search+term%21')).toEqual({ q: 'search term!' });
  expect(() => parseQuery('q=%E0%A4%A')).toThrow(AppError);
});

it('refuses too many parameters and too deep brackets', () => {
  expect(() => parseQuery(Array.from({ length: 201 }, (_, i) => `p${i}=1`).join('&'))).toThrow(
    '200',
  );
  expect(() => parseQuery(`a${'[b]'.repeat(7)}=1`)).toThrow('6 deep');
});

it('never reaches a prototype and never throws anything but a refusal', () => {
  expect(Object.keys(parseQuery('constructor[prototype][x]=1'))).toEqual(['constructor']);
  expect(({} as { x?: string }).x).toBeUndefined();
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseQuery(text);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
    }),
    { numRuns: 2000 },
  );
});

it.each(['__proto__', '__proto__[x]', 'a[__proto__]', 'a[b][__pro%74o__][eq]', 'a%5B__proto__%5D'])(
  'refuses %s, which would get lost, but not as a value',
  (key) => {
    expect(() => parseQuery(`x=1&${key}=1`)).toThrow('There is nothing called "__proto__"');
    expect(parseQuery(`x=${key}&a=__proto__`)).toMatchObject({ a: '__proto__' });
  },
);
