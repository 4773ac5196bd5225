import { MAX_EMAIL_LENGTH, emailPattern } from '@cms/contracts';
import type { FieldType } from './field-type.ts';
import { textCheck } from './text-check.ts';
import { textSchema } from './text-schema.ts';

const form = {
  pattern: emailPattern,
  maxLength: MAX_EMAIL_LENGTH,
  says: 'must be an e-mail address such as jane@example.com.',
  format: 'email',
};

export const emailType: FieldType<'email'> = {
  check: (field) => textCheck(field, form),
  schema: (field, { mode }) => textSchema(field, mode, form),
  indexKind: () => 'text',
};
