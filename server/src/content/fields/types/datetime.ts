import { dateCheck, dateLimits } from './date-check.ts';
import type { FieldType } from './field-type.ts';
import { toUtc } from './moment.ts';

export const datetimeType: FieldType<'datetime'> = {
  check: (field) =>
    dateCheck(
      field,
      toUtc,
      'must be a time with its zone, such as 2024-01-31T09:30:00Z or 2024-01-31T11:30:00+02:00.',
    ),
  schema: (field) => ({
    type: 'string',
    format: 'date-time',
    not: { pattern: '^0000' },
    ...dateLimits(field.options),
  }),
  indexKind: () => 'code',
};
