import type { FieldType } from './field-type.ts';
import { textCheck } from './text-check.ts';
import { textSchema } from './text-schema.ts';

export const editorType: FieldType<'editor'> = {
  check: (field) => textCheck(field),
  schema: (field, { mode }) => textSchema(field, mode),
  indexKind: () => 'text',
};
