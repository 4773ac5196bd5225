import { dateCheck, dateLimits } from './date-check.ts';
import type { FieldType } from './field-type.ts';
import { isDate } from './moment.ts';

const read = (text: string) => (isDate(text) ? text : undefined);

export const dateType: FieldType<'date'> = {
  check: (field) => dateCheck(field, read, 'must be a day such as 2024-01-31.'),
  schema: (field) => ({
    type: 'string',
    format: 'date',
    not: { pattern: '^0000' },
    ...dateLimits(field.options),
  }),
  indexKind: () => 'code',
};
