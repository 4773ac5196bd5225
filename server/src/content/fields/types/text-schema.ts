import { MAX_INDEXED_BYTES } from '@cms/contracts';
import type { FieldBase, TextOptions } from '../field.ts';
import { isPortablePattern } from '../pattern.ts';
import type { JsonSchema, SchemaMode } from './field-type.ts';

interface Form {
  readonly pattern: RegExp;
  readonly maxLength: number;
  readonly format?: string;
}

/**
 * Schema of text-like values. What is read may be older than the field's limits, so replies promise
 * the type alone.
 */
export function textSchema(
  field: FieldBase & { readonly options: TextOptions },
  mode: SchemaMode,
  form?: Form,
): JsonSchema {
  const format = form?.format === undefined ? {} : { format: form.format };
  if (mode === 'read') return { type: 'string', ...format };
  const { min_length, max_length, pattern } = field.options;
  const limits = [
    max_length,
    form?.maxLength,
    ...(field.unique || field.indexed ? [MAX_INDEXED_BYTES] : []),
  ];
  const most = Math.min(...limits.filter((limit) => limit !== undefined));
  const own = pattern !== undefined && isPortablePattern(pattern) ? pattern : undefined;
  const first = form?.pattern.source ?? own;
  return {
    type: 'string',
    ...format,
    ...(min_length === undefined ? {} : { minLength: min_length }),
    ...(Number.isFinite(most) ? { maxLength: most } : {}),
    ...(first === undefined ? {} : { pattern: first }),
    ...(form && own !== undefined ? { allOf: [{ pattern: own }] } : {}),
  };
}
