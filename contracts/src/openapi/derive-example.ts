import { entryIdPattern } from '../fields.ts';
import { sampleFor } from './pattern-samples.ts';
import type { JsonSchema } from './types.ts';

type Components = Readonly<Record<string, JsonSchema>>;

const formats: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T09:30:00.000Z',
  date: '2026-01-31',
  email: 'ada@example.com',
  uri: 'https://example.com',
  'uri-reference': '/',
  uuid: '018f3c6e-6a1f-7c3a-9a6e-2d1f3b5c7d9e',
};

/**
 * A value that fits a schema: the schema's own example where it has one, else one made from its
 * parts. Undefined where only a person could think of one (a pattern without an example).
 */
export function deriveExample(
  schema: JsonSchema,
  components: Components,
  options: ExampleOptions = {},
): unknown {
  return derive(schema, components, options, 0);
}

export interface ExampleOptions {
  /** Also the optional keys of objects, wherever a value can be thought of. */
  readonly optional?: boolean;
  /** False leaves out ids of entries, which in a request would refer to nothing. */
  readonly ids?: boolean;
}

function derive(
  schema: JsonSchema,
  components: Components,
  options: ExampleOptions,
  depth: number,
): unknown {
  if (depth > 12) return undefined;
  const next = (part: unknown) => derive(part as JsonSchema, components, options, depth + 1);
  const own = explicitExample(schema);
  if (own !== undefined) return own;
  const made = fromParts(schema, components, options, next);
  const types = schema['type'];
  return made === undefined && Array.isArray(types) && types.includes('null') ? null : made;
}

function fromParts(
  schema: JsonSchema,
  components: Components,
  options: ExampleOptions,
  next: (part: unknown) => unknown,
): unknown {
  const ref = schema['$ref'];
  if (typeof ref === 'string') return next(components[ref.slice(ref.lastIndexOf('/') + 1)] ?? {});
  const all = schema['allOf'] as unknown[] | undefined;
  if (all) return Object.assign({}, ...all.map(next));
  const choices = (schema['anyOf'] ?? schema['oneOf']) as unknown[] | undefined;
  if (choices) return choices.map(next).find((value) => value !== undefined && value !== null);
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  if (type === 'object') return objectExample(schema, options, next);
  if (type === 'array') return arrayExample(schema, next);
  if (type === 'string') return stringExample(schema, options);
  if (type === 'integer' || type === 'number') return numberExample(schema);
  if (type === 'boolean') return false;
  return type === 'null' ? null : undefined;
}

/** The example that a schema itself holds. */
export function explicitExample(schema: JsonSchema): unknown {
  const examples = schema['examples'];
  if (Array.isArray(examples) && examples.length > 0) return examples[0] as unknown;
  if ('default' in schema) return schema['default'];
  if ('const' in schema) return schema['const'];
  const values = schema['enum'];
  return Array.isArray(values) ? (values[0] as unknown) : undefined;
}

/** Required keys, and optional ones that have an example of their own. Undefined where a required
 * key has none. */
function objectExample(
  schema: JsonSchema,
  { optional = false }: ExampleOptions,
  next: (part: unknown) => unknown,
): unknown {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = new Set((schema['required'] ?? []) as string[]);
  const example: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    const wanted = optional || required.has(name) || Array.isArray(property['examples']);
    const value = wanted ? next(property) : undefined;
    if (value !== undefined) example[name] = value;
    else if (required.has(name) && !isAnything(property)) return undefined;
    else if (required.has(name)) example[name] = null;
  }
  return example;
}

const isAnything = (schema: JsonSchema): boolean =>
  Object.keys(schema).every((key) => key === 'description');

function arrayExample(schema: JsonSchema, next: (part: unknown) => unknown): unknown {
  const item = schema['items'] === undefined ? undefined : next(schema['items']);
  const least = (schema['minItems'] as number | undefined) ?? 0;
  if (item === undefined || (least > 1 && schema['uniqueItems'] === true))
    return least === 0 ? [] : undefined;
  return Array.from({ length: Math.max(1, least) }, () => item);
}

function stringExample(schema: JsonSchema, { ids = true }: ExampleOptions): string | undefined {
  const format = schema['format'];
  if (typeof format === 'string' && formats[format] !== undefined) return formats[format];
  if (!ids && schema['pattern'] === entryIdPattern.source) return undefined;
  if (typeof schema['pattern'] === 'string') return sampleFor(schema['pattern'], schema);
  const { minLength = 0, maxLength = 4096 } = schema as { minLength?: number; maxLength?: number };
  return 'text'.padEnd(minLength, ' text').slice(0, maxLength);
}

function numberExample(schema: JsonSchema): number {
  const { minimum = -Infinity, maximum = Infinity } = schema as {
    minimum?: number;
    maximum?: number;
  };
  return Math.min(Math.max(1, minimum), maximum);
}
