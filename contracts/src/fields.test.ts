import { describe, expect, it } from 'vitest';
import { createDocument } from 'zod-openapi';
import { Field, FieldDefinition, fieldTypes, SchemaField } from './fields.ts';

const why = (value: unknown) =>
  FieldDefinition.safeParse(value).error?.issues.map((issue) => issue.message) ?? [];

describe('FieldDefinition', () => {
  it('takes the definitions of the published documents, and aliases', () => {
    for (const field of [
      { name: 'title', type: 'text', validation: { required: true } },
      { name: 'content', type: 'editor' },
      { name: 'published', type: 'bool' },
      { name: 'a', type: 'richtext', validation: { min_length: null } },
      { name: 'b', type: 'boolean' },
      { name: 'c', type: 'geopoint' },
    ])
      expect(why(field)).toEqual([]);
  });

  it('says what is wrong', () => {
    expect(why({ name: 'x', type: 'file' })[0]).toContain('not available yet');
    expect(why({ name: 'x', type: 'nope' })[0]).toContain('geo_point');
    expect(why({ name: 'ID', type: 'text' })[0]).toContain('reserved');
    expect(why({ name: 'x', type: 'json', unique: true })[0]).toContain("can't be compared");
    expect(why({ name: 'x', type: 'text', options: { min: 3 } })).toHaveLength(1);
    expect(
      why({
        name: 'x',
        type: 'component',
        options: { fields: [{ name: 'y', type: 'text', indexed: true }] },
      })[0],
    ).toContain('outermost');
  });
});

it('is rendered as named, recursive schemas', () => {
  const body = (schema: typeof Field) => ({
    content: { 'application/json': { schema } },
    description: '',
  });
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths: {
        '/a': {
          post: {
            requestBody: body(FieldDefinition as never),
            responses: { 200: body(Field), 201: body(SchemaField as never) },
          },
        },
      },
    },
    { allowEmptySchema: { any: true, unknown: true } },
  );
  const schemas = document.components?.schemas ?? {};
  expect(Object.keys(schemas).toSorted()).toEqual([
    'Field',
    'FieldDefinition',
    'FieldName',
    'NestedFieldDefinition',
    'SchemaField',
  ]);
  expect(JSON.stringify(schemas['NestedFieldDefinition'])).toContain(
    '#/components/schemas/NestedFieldDefinition',
  );
  const types = fieldTypes.filter((type) => JSON.stringify(schemas['Field']).includes(`"${type}"`));
  expect(types).toEqual(fieldTypes);
});
