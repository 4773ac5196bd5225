import type { JsonSchema } from './types.ts';

const ownScope = ['$ref', '$dynamicRef', '$id', '$anchor', '$dynamicAnchor', '$schema', '$defs'];

/**
 * A schema without parts that only make sense where it came from. A json field's own JSON Schema may
 * refer within itself, which would point nowhere inside a document: such a part allows anything here.
 */
export function selfContained(schema: JsonSchema): JsonSchema {
  return cleaned(schema) as JsonSchema;
}

function cleaned(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(cleaned);
  if (typeof part !== 'object' || part === null) return part;
  if (ownScope.some((key) => typeof (part as JsonSchema)[key] === 'string')) return {};
  return Object.fromEntries(
    Object.entries(part)
      .filter(([key]) => key !== '$defs')
      .map(([key, value]) => [key, cleaned(value)]),
  );
}
