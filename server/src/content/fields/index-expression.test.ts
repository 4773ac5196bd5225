import { expect, it } from 'vitest';
import { indexExpression, isIndexable, sortExpression } from './index-expression.ts';
import { fieldOf } from './test-fields.ts';

it('is one expression for index and sort', () => {
  const text = fieldOf({ name: 'title', type: 'text' });
  expect(indexExpression(text)).toEqual({
    expression: `((data->>'title') collate "und-x-icu")`,
    cast: 'text',
    method: 'btree',
  });
  expect(sortExpression(text)).toBe(indexExpression(text).expression);
  expect(indexExpression(fieldOf({ name: 'n', type: 'integer' }))).toMatchObject({
    expression: `(case when jsonb_typeof(data->'n') = 'number' then (data->'n')::numeric end)`,
    cast: 'numeric',
  });
  expect(indexExpression(fieldOf({ name: 'b', type: 'bool' })).expression).toBe(
    `(case when jsonb_typeof(data->'b') = 'boolean' then (data->'b')::boolean end)`,
  );
  expect(sortExpression(fieldOf({ name: 'd', type: 'datetime' }))).toBe(
    `((data->>'d') collate "C")`,
  );
});

it('lists are looked into, not sorted; the rest has none; keys are quoted', () => {
  const tags = fieldOf({ name: 't', type: 'select', options: { values: ['a'], multiple: true } });
  expect(indexExpression(tags)).toEqual({
    expression: `(data->'t') jsonb_path_ops`,
    cast: 'text',
    method: 'gin',
  });
  expect(() => sortExpression(tags)).toThrow(TypeError);
  const json = fieldOf({ name: 'j', type: 'json' });
  expect(isIndexable(json)).toBe(false);
  expect(() => indexExpression(json)).toThrow(TypeError);
  expect(sortExpression({ ...fieldOf({ name: 'x', type: 'date' }), key: "o'x" })).toContain(
    `'o''x'`,
  );
});
