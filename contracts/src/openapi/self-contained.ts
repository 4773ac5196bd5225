import type { JsonSchema } from './types.ts';

const ownScope = ['$ref', '$dynamicRef', '$id', '$anchor', '$dynamicAnchor', '$schema', '$defs'];

/**
 * A schema that means the same inside a document as where it came from, to generators too.
 *
 * A json field's own JSON Schema may refer within itself, which would point nowhere here: such a part
 * allows anything. A default becomes an example and words: generators of types take a key with a
 * default for one that is always there, in requests, too, where it is the one that may be left out.
 */
export function selfContained(schema: JsonSchema): JsonSchema {
  if (ownScope.some((key) => typeof schema[key] === 'string')) return {};
  const parts = Object.entries(spoken(schema)).filter(([key]) => key !== '$defs');
  return Object.fromEntries(parts.map(([key, value]) => [key, cleaned(key, value)]));
}

/** Keys whose values are values, not schemas. */
const values = new Set(['examples', 'enum', 'const', 'required']);

function cleaned(key: string, value: unknown): unknown {
  if (values.has(key) || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => cleaned('', each));
  // Under these a key is a name, whatever it looks like.
  if (key !== 'properties' && key !== 'patternProperties')
    return selfContained(value as JsonSchema);
  const named = Object.entries(value as Record<string, JsonSchema>);
  return Object.fromEntries(named.map(([name, each]) => [name, cleaned('', each)]));
}

function spoken(schema: JsonSchema): JsonSchema {
  if (!('default' in schema)) return schema;
  const { default: standard, description, ...others } = schema;
  const words = `${JSON.stringify(standard)} where it is not sent`;
  return {
    ...others,
    description: typeof description === 'string' ? `${description}; ${words}` : words,
    examples: schema['examples'] ?? [standard],
  };
}
