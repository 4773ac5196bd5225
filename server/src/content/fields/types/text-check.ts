import { MAX_INDEXED_BYTES } from '@cms/contracts';
import type { FieldBase, TextOptions } from '../field.ts';
import { type Check, refused } from '../issue.ts';
import { compilePattern } from '../pattern.ts';
import { codePoints, fitsIndex, isSoundText, unsoundText } from './sound-text.ts';

/** What a text must look like beyond its field's own options. */
export interface TextForm {
  readonly pattern: RegExp;
  readonly maxLength: number;
  /** After the field's name: `must be …`. */
  readonly says: string;
}

/** Makes the check of text-like fields: the type's form, the options, what an index can hold. */
export function textCheck(
  field: FieldBase & { readonly options: TextOptions },
  form?: TextForm,
): Check {
  const { min_length: min = 0, max_length: max = Infinity, pattern } = field.options;
  const matches = pattern === undefined ? undefined : compilePattern(pattern);
  const inIndex = field.unique || field.indexed;
  const { message } = field;
  const name = field.label ?? field.name;
  return (value, path, found) => {
    const before = found.issues.length;
    if (typeof value !== 'string') {
      found.add(path, 'type', message ?? `${name} must be a text.`);
      return refused;
    }
    if (!isSoundText(value)) {
      found.add(path, 'invalid_text', message ?? `${name} ${unsoundText}`);
      return refused;
    }
    if (form && (value.length > form.maxLength || !form.pattern.test(value)))
      found.add(path, 'format', message ?? `${name} ${form.says}`);
    if (value.length < min || (value.length < 2 * min && codePoints(value) < min))
      found.add(path, 'min_length', message ?? `${name} must have at least ${min} characters.`);
    if (value.length > max && (value.length > 2 * max || codePoints(value) > max))
      found.add(path, 'max_length', message ?? `${name} may have at most ${max} characters.`);
    if (matches && !matches(value))
      found.add(path, 'pattern', message ?? `${name} must match ${pattern}.`);
    if (inIndex && !fitsIndex(value))
      found.add(
        path,
        'max_bytes',
        message ??
          `${name} is unique or indexed and may have at most ${MAX_INDEXED_BYTES} bytes as UTF-8.`,
      );
    return found.issues.length === before ? value : refused;
  };
}
