import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { compilePattern } from './pattern.ts';
import { isObject } from './types/plain-object.ts';

/** Patterns of schemas run in linear time too; `code` is read only by standalone modules. */
const linear = Object.assign((pattern: string) => ({ test: compilePattern(pattern) }), {
  code: 'unused',
});

/**
 * Compiles a json field's schema. Each has a compiler of its own, so that no `$id` of one is seen by
 * another. Throws where it is no JSON Schema 2020-12, refers to another document, or is asynchronous.
 */
export function compileJsonSchema(schema: Readonly<Record<string, unknown>>): ValidateFunction {
  if (mentions(schema, '$async')) throw new Error('$async is not supported');
  const ajv = new Ajv2020({ strict: false, logger: false, code: { regExp: linear } });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

/** Why a schema can't be used, or undefined. */
export function jsonSchemaProblem(schema: Readonly<Record<string, unknown>>): string | undefined {
  try {
    compileJsonSchema(schema);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    return `This is no JSON Schema (2020-12) that can be used: ${reason.slice(0, 300)}.`;
  }
}

/** True where an object in a value has the key. */
export function mentions(value: unknown, key: string): boolean {
  if (Array.isArray(value)) return value.some((each) => mentions(each, key));
  if (!isObject(value)) return false;
  return Object.hasOwn(value, key) || Object.values(value).some((each) => mentions(each, key));
}
