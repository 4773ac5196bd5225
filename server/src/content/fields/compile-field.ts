import type { Field } from './field.ts';
import type { Check } from './issue.ts';
import { compileObject } from './compile-object.ts';
import { typeOf } from './types/index.ts';

/** Makes the check of one field's values that are not null. */
export const compileField = (field: Field): Check =>
  typeOf(field).check(field, (fields) => compileObject(fields, compileField).create);
