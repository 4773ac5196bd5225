import { Field as FieldOutput, FieldDefinition, SchemaField } from '@cms/contracts';
import { describe, expect, it } from 'vitest';
import { toFieldOutput, toSchemaField } from './describe-field.ts';
import { type Field, relationsOf, storageKeysOf } from './field.ts';
import { normaliseFields } from './normalise-fields.ts';
import { fieldIds, fieldsOf } from './test-fields.ts';

const issuesOf = (...definitions: FieldDefinition[]) => {
  const result = normaliseFields(definitions, { usedKeys: new Set(), newId: fieldIds() });
  return 'issues' in result ? result.issues.map(({ field, code }) => `${field} ${code}`) : [];
};
const change = (
  existing: Field[],
  definitions: FieldDefinition[],
  usedKeys = storageKeysOf(existing),
) => {
  const ids = fieldIds();
  for (let skip = 0; skip < 50; skip += 1) ids();
  const result = normaliseFields(definitions, {
    existing,
    usedKeys: new Set(usedKeys),
    newId: ids,
  });
  if ('issues' in result) throw new Error(JSON.stringify(result.issues));
  return result;
};

describe('what is sent', () => {
  it('takes aliases and the words of validation; options decide where both speak', () => {
    const [body, kind] = fieldsOf(
      {
        name: 'body',
        type: 'richtext',
        validation: { required: true, min_length: 3, max_length: null },
      },
      { name: 'kind', type: 'select', options: { values: ['a'] }, validation: { values: ['b'] } },
    );
    expect(body).toMatchObject({ type: 'editor', required: true, options: { min_length: 3 } });
    expect(kind?.options).toEqual({ values: ['a'], multiple: false });
  });

  it('reports every problem where it is', () => {
    const issues = issuesOf(
      { name: 'a', type: 'number', options: { min: 2, max: 1 } },
      { name: 'A', type: 'text', validation: { pattern: '(?=x)' } },
      { name: 'b', type: 'select', unique: true, options: { multiple: true } },
      { name: 'c', type: 'slug', options: { from: 'b' } },
      { name: 'd', type: 'integer', default: 1.5 },
      { name: 'e', type: 'json', unique: true, options: { schema: { type: 'nonsense' } } },
      { name: 'f', type: 'date', options: { min: '2023-02-29' } },
      { name: 'sys', type: 'bool' },
      {
        name: 'g',
        type: 'relation',
        required: true,
        options: { collection: 'x', on_delete: 'set_null' },
      },
      {
        name: 'h',
        type: 'blocks',
        options: { blocks: { hero: [{ name: 'type', type: 'text', unique: true }] } },
      },
    );
    expect(issues.toSorted()).toEqual([
      'fields.0.options.min option',
      'fields.1.name duplicate',
      'fields.1.validation.pattern pattern',
      'fields.2.options.values option',
      'fields.2.unique option',
      'fields.3.options.from option',
      'fields.4.default type',
      'fields.5.options.schema schema',
      'fields.5.unique option',
      'fields.6.options.min format',
      'fields.7.name option',
      'fields.8.options.on_delete option',
      'fields.9.options.blocks.hero.0.name option',
      'fields.9.options.blocks.hero.0.unique option',
    ]);
  });

  it('refuses asynchronous schemas and remote references', () => {
    for (const schema of [{ $async: true }, { $ref: 'https://example.com/schema' }])
      expect(issuesOf({ name: 'a', type: 'json', options: { schema } })).toEqual([
        'fields.0.options.schema schema',
      ]);
  });

  it('bounds depth and number', () => {
    let deep: FieldDefinition = { name: 'x', type: 'text' };
    for (let level = 0; level < 6; level += 1)
      deep = { name: 'x', type: 'component', options: { fields: [deep] } };
    expect(issuesOf(deep).map((issue) => issue.split(' ')[1])).toEqual(['too_deep']);
    const many = Array.from({ length: 201 }, (_, i): FieldDefinition => ({
      name: `f${i}`,
      type: 'text',
    }));
    expect(issuesOf(...many)).toEqual(['fields limit']);
    const wide = Array.from({ length: 6 }, (_, i): FieldDefinition => ({
      name: `c${i}`,
      type: 'component',
      options: { fields: many.slice(0, 200) },
    }));
    expect(issuesOf(...wide)).toEqual(['fields limit']);
  });
});

describe('what was there', () => {
  const existing = fieldsOf(
    { name: 'title', type: 'text' },
    { name: 'slug', type: 'slug', options: { from: 'title' } },
    { name: 'seo', type: 'component', options: { fields: [{ name: 'text', type: 'text' }] } },
  );

  it('keeps ids and keys by name, whatever the case', () => {
    const { fields } = change(existing, [
      { name: 'Title', type: 'number' },
      { name: 'seo', type: 'component', options: { fields: [{ name: 'text', type: 'text' }] } },
    ]);
    expect(fields[0]).toMatchObject({ id: existing[0]?.id, key: 'title', name: 'Title' });
    expect(fields[1]).toEqual(existing[2]);
  });

  it('renames by id, keeps the key, and takes the slug along', () => {
    const { fields, usedKeys } = change(existing, [
      { id: existing[0]?.id, name: 'headline', type: 'text' },
      { name: 'title', type: 'text' },
      { name: 'slug', type: 'slug', options: { from: 'headline' } },
    ]);
    expect(fields.map(({ key, name }) => `${key} ${name}`)).toEqual([
      'title headline',
      'title_2 title',
      'slug slug',
    ]);
    expect(usedKeys).toEqual(['title', 'slug', 'seo', 'seo/text', 'title_2']);
    const followed = change(existing, [
      { id: existing[0]?.id, name: 'headline', type: 'text' },
      { name: 'slug', type: 'slug', options: { from: 'title' } },
    ]);
    expect(followed.fields[1]?.options).toEqual({ from: 'headline' });
  });

  it('never uses the key of a dropped field again, nested ones included', () => {
    const { fields } = change(
      [],
      [{ name: 'seo', type: 'component', options: { fields: [{ name: 'text', type: 'text' }] } }],
      ['seo', 'seo_2/text'],
    );
    expect(storageKeysOf(fields)).toEqual(['seo_2', 'seo_2/text_2']);
  });

  it('takes what is shown back as it was: as fields and as schema', () => {
    const shown = fieldsOf(
      {
        name: 'a',
        type: 'text',
        required: true,
        unique: true,
        label: 'A',
        options: { min_length: 1, pattern: '^x' },
      },
      { name: 'b', type: 'select', options: { values: ['x'], multiple: true }, default: ['x'] },
      {
        name: 'c',
        type: 'datetime',
        default: 'now',
        options: { min: '2024-01-01T00:00:00+02:00' },
      },
      {
        name: 'd',
        type: 'blocks',
        options: {
          blocks: { hero: [{ name: 'r', type: 'relation', options: { collection: 'x' } }] },
        },
      },
      { name: 'e', type: 'json', options: { schema: { type: 'array' } }, rules: { read: '' } },
      {
        name: 'f',
        type: 'component',
        options: { multiple: true, max_items: 3, fields: [{ name: 'g', type: 'geo_point' }] },
      },
    );
    const outputs = shown.map((field) => FieldOutput.parse(toFieldOutput(field, (id) => id)));
    const schemas = shown.map((field) => SchemaField.parse(toSchemaField(field, (id) => id)));
    expect(
      change(
        shown,
        outputs.map((each) => FieldDefinition.parse(each)),
      ).fields,
    ).toEqual(shown);
    expect(
      change(
        shown,
        schemas.map((each) => FieldDefinition.parse(each)),
      ).fields,
    ).toEqual(shown);
    expect(relationsOf(shown).map(({ path }) => path)).toEqual(['d.hero.r']);
  });
});
