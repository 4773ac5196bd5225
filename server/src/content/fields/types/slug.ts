import { MAX_SLUG_LENGTH, slugPattern } from '@cms/contracts';
import type { FieldType } from './field-type.ts';
import { textCheck } from './text-check.ts';
import { textSchema } from './text-schema.ts';

const form = {
  pattern: slugPattern,
  maxLength: MAX_SLUG_LENGTH,
  says: 'must be letters, digits, "-", "_", "~" and "." (not first), such as hello-world; at most 255 of them.',
};

export const slugType: FieldType<'slug'> = {
  check: (field) => textCheck(field, form),
  schema: (field, { mode }) => textSchema(field, mode, form),
  indexKind: () => 'code',
};
