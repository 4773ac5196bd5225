import { MAX_URL_LENGTH, urlPattern } from '@cms/contracts';
import type { FieldType } from './field-type.ts';
import { textCheck } from './text-check.ts';
import { textSchema } from './text-schema.ts';

const form = {
  pattern: urlPattern,
  maxLength: MAX_URL_LENGTH,
  says: 'must be an http or https address such as https://example.com/page.',
};

export const urlType: FieldType<'url'> = {
  check: (field) => textCheck(field, form),
  schema: (field, { mode }) => textSchema(field, mode, form),
  indexKind: () => 'text',
};
