import { expect, it } from 'vitest';
import { entryDataSchema, valueSchema } from './json-schema.ts';
import { fieldOf, fieldsOf } from './test-fields.ts';

it('describes what may be sent, and what is read', () => {
  const fields = fieldsOf(
    {
      name: 'title',
      type: 'text',
      label: 'Title',
      required: true,
      options: { max_length: 9, pattern: '^[A-Z]' },
    },
    { name: 'kind', type: 'select', default: 'a', options: { values: ['a'] } },
    { name: 'by', type: 'relation', hidden: true, options: { collection: 'x' } },
  );
  expect(entryDataSchema(fields, 'create')).toMatchObject({
    type: 'object',
    required: ['title'],
    additionalProperties: false,
    properties: {
      title: { type: 'string', maxLength: 9, pattern: '^[A-Z]', description: 'Title' },
      kind: { type: ['string', 'null'], enum: ['a', null], default: 'a' },
    },
  });
  expect(entryDataSchema(fields, 'update')).not.toHaveProperty('required');
  expect(entryDataSchema(fields, 'read')).not.toHaveProperty('properties.by');
  expect(entryDataSchema(fields, 'read', { showHidden: true })).toHaveProperty(
    'properties.by.anyOf.2',
    { type: 'null' },
  );
});

it('shows no pattern that JSON Schema would read differently', () => {
  expect(
    valueSchema(fieldOf({ name: 'a', type: 'text', options: { pattern: '(?i)x' } })),
  ).not.toHaveProperty('pattern');
  expect(
    valueSchema(fieldOf({ name: 'a', type: 'text', options: { pattern: '[[:alpha:]]' } })),
  ).not.toHaveProperty('pattern');
});
