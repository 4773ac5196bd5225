import { expect, it } from 'vitest';
import { z } from 'zod';
import { textTyper } from './type-text.ts';

const schema = z.strictObject({
  n: z.int().min(1).optional(),
  flag: z.boolean().default(false),
  list: z.array(z.number()).optional(),
  text: z.string().nullable().optional(),
});
const typed = (values: Record<string, unknown>) => {
  textTyper(schema)(values);
  return values;
};

it('makes numbers, booleans and lists of text, by the schema', () => {
  expect(typed({ n: '5', flag: 'false', list: '1,2', text: '5' })).toEqual({
    n: 5,
    flag: false,
    list: [1, 2],
    text: '5',
  });
  expect(typed({ flag: '1', list: ['3', '4'] })).toEqual({ flag: true, list: [3, 4] });
});

it('leaves what does not fit for the schema to refuse', () => {
  const wrong = { n: '5x', flag: 'maybe', list: 'a' };
  expect(typed({ ...wrong })).toEqual({ ...wrong, list: ['a'] });
  // A query string's objects have no prototype, and so no text of their own.
  const list: unknown = Object.assign(Object.create(null), { a: '1' });
  expect(typed({ list })).toEqual({ list });
  for (const text of ['', ' 1', '0x10', 'Infinity', '1e', '+1'])
    expect(typed({ n: text })).toEqual({ n: text });
});

it('does not change the schema', () => {
  typed({ n: '1', flag: 'true' });
  expect(schema.safeParse({ n: '1' }).success).toBe(false);
});
