import type { Field } from './field.ts';
import type { JsonSchema, SchemaMode } from './types/field-type.ts';
import { typeOf } from './types/index.ts';

export type { JsonSchema, SchemaMode } from './types/field-type.ts';

export interface SchemaOptions {
  /** Describe hidden fields in replies too; in requests they always are. */
  readonly showHidden?: boolean;
}

/** JSON Schema 2020-12 of one field's value, null included where the field is not required. */
export function valueSchema(
  field: Field,
  mode: SchemaMode = 'create',
  options: SchemaOptions = {},
): JsonSchema {
  const own = typeOf(field).schema(field, {
    mode,
    object: (fields, kind) => objectSchema(fields, mode, options, kind, mode !== 'read'),
  });
  const described = { ...own, ...descriptionOf(field, own), ...defaultOf(field, mode) };
  return field.required ? described : nullable(described);
}

/** JSON Schema of an entry's `data`, as it is read or sent. */
export const entryDataSchema = (
  fields: readonly Field[],
  mode: SchemaMode,
  options: SchemaOptions = {},
): JsonSchema => objectSchema(fields, mode, options, undefined, mode === 'create');

function objectSchema(
  fields: readonly Field[],
  mode: SchemaMode,
  options: SchemaOptions,
  kind: string | undefined,
  whole: boolean,
): JsonSchema {
  const shown = fields.filter(
    (field) => mode !== 'read' || !field.hidden || options.showHidden === true,
  );
  const required = [
    ...(kind === undefined ? [] : ['type']),
    ...(whole ? shown.filter(mustBeSent).map((field) => field.name) : []),
  ];
  return {
    type: 'object',
    properties: Object.fromEntries([
      ...(kind === undefined ? [] : [['type', { type: 'string', const: kind }]]),
      ...shown.map((field) => [field.name, valueSchema(field, mode, options)]),
    ]),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

/** A default fills in what is absent, and so does the text that a slug is made from. */
const mustBeSent = (field: Field): boolean =>
  field.required &&
  field.default === undefined &&
  !(field.type === 'slug' && field.options.from !== undefined);

function descriptionOf(field: Field, own: JsonSchema): { description?: string } {
  const parts = [field.label, own['description']].filter((part) => typeof part === 'string');
  return parts.length === 0 ? {} : { description: parts.join(': ') };
}

const defaultOf = (field: Field, mode: SchemaMode): { default?: unknown } =>
  mode === 'create' && field.default !== undefined && field.default !== 'now'
    ? { default: field.default }
    : {};

function nullable(schema: JsonSchema): JsonSchema {
  const { description, default: standard, ...own } = schema;
  const outer = {
    ...(description === undefined ? {} : { description }),
    ...(standard === undefined ? {} : { default: standard }),
  };
  if (Array.isArray(own['anyOf']))
    return { ...outer, ...own, anyOf: [...(own['anyOf'] as unknown[]), { type: 'null' }] };
  if (Array.isArray(own['allOf']) && own['type'] === undefined)
    return { ...outer, anyOf: [own, { type: 'null' }] };
  if (typeof own['type'] !== 'string') return schema;
  const values = own['enum'];
  return {
    ...outer,
    ...own,
    type: [own['type'], 'null'],
    ...(Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {}),
  };
}
