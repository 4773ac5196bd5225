import type { FieldDefinition } from '@cms/contracts';
import { expect, it } from 'vitest';
import { convertValue } from './convert-value.ts';
import { fieldOf, fieldsOf } from './test-fields.ts';

const convert = (
  from: Omit<FieldDefinition, 'name'>,
  to: Omit<FieldDefinition, 'name'>,
  value: unknown,
) => convertValue(fieldOf({ name: 'f', ...from }), fieldOf({ name: 'f', ...to }), value);
const tags = { type: 'select', options: { values: ['a', 'b'], multiple: true } } as const;
const tag = { type: 'select', options: { values: ['a', 'b'] } } as const;

it.each([
  [{ type: 'text' }, { type: 'number' }, '3.5', { value: 3.5 }],
  [{ type: 'text' }, { type: 'number' }, '3 apples', 'lost'],
  [{ type: 'text' }, { type: 'integer' }, '3.6', { value: 4, lossy: true }],
  [{ type: 'number' }, { type: 'text' }, 3.5, { value: '3.5' }],
  [{ type: 'number' }, { type: 'text', options: { max_length: 2 } }, 3.5, 'lost'],
  [{ type: 'bool' }, { type: 'text' }, true, { value: 'true' }],
  [{ type: 'text' }, { type: 'bool' }, 'False', { value: false }],
  [{ type: 'date' }, { type: 'datetime' }, '2024-01-31', { value: '2024-01-31T00:00:00.000Z' }],
  [{ type: 'datetime' }, { type: 'date' }, '2024-01-31T00:00:00.000Z', { value: '2024-01-31' }],
  [
    { type: 'datetime' },
    { type: 'date' },
    '2024-01-31T09:00:00.000Z',
    { value: '2024-01-31', lossy: true },
  ],
  [tag, tags, 'a', { value: ['a'] }],
  [tags, tag, ['a'], { value: 'a' }],
  [tags, tag, [], { value: null }],
  [tags, tag, ['a', 'b'], 'lost'],
  [{ type: 'text' }, tag, 'c', 'lost'],
  [{ type: 'geo_point' }, { type: 'json' }, { lat: 1, lng: 2 }, { value: { lat: 1, lng: 2 } }],
  [{ type: 'json' }, { type: 'text' }, { a: 1 }, 'lost'],
  [{ type: 'text' }, { type: 'text', options: { max_length: 1 } }, 'long', { value: 'long' }],
  [{ type: 'text' }, { type: 'bool' }, null, { value: null }],
] as [Omit<FieldDefinition, 'name'>, Omit<FieldDefinition, 'name'>, unknown, unknown][])(
  '%j to %j: %j becomes %j',
  (from, to, value, expected) => expect(convert(from, to, value)).toEqual(expected),
);

it('follows the fields inside a component by their ids', () => {
  const [x, y] = fieldsOf({ name: 'x', type: 'text' }, { name: 'y', type: 'text' });
  const n = { ...fieldOf({ name: 'x', type: 'number' }), id: x?.id ?? '' };
  const outer = fieldOf({
    name: 'c',
    type: 'component',
    options: { fields: [{ name: 'x', type: 'text' }] },
  });
  if (!x || !y || outer.type !== 'component') throw new Error('There are no fields.');
  const from = { ...outer, options: { ...outer.options, fields: [x, y] } };
  const to = { ...outer, options: { fields: [n], multiple: true } };
  expect(convertValue(from, to, { x: '4' })).toEqual({ value: [{ x: 4 }] });
  expect(convertValue(from, to, { x: '4', y: 'b' })).toEqual({ value: [{ x: 4 }], lossy: true });
});
