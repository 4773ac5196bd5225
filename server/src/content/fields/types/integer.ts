import type { FieldType } from './field-type.ts';
import { numberCheck } from './number-check.ts';

const least = Number.MIN_SAFE_INTEGER;
const most = Number.MAX_SAFE_INTEGER;

export const integerType: FieldType<'integer'> = {
  check: (field) =>
    numberCheck(
      field,
      Number.isSafeInteger,
      `must be a whole number between ${least} and ${most}.`,
    ),
  schema: ({ options: { min = least, max = most } }, { mode }) => ({
    type: 'integer',
    ...(mode === 'read' ? {} : { minimum: Math.max(min, least), maximum: Math.min(max, most) }),
  }),
  indexKind: () => 'numeric',
};
