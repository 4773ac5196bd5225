import type { FieldType } from './field-type.ts';
import { numberCheck } from './number-check.ts';

export const numberType: FieldType<'number'> = {
  check: (field) => numberCheck(field, Number.isFinite, 'must be a number.'),
  schema: ({ options: { min, max } }, { mode }) => ({
    type: 'number',
    ...(mode === 'read' || min === undefined ? {} : { minimum: min }),
    ...(mode === 'read' || max === undefined ? {} : { maximum: max }),
  }),
  indexKind: () => 'numeric',
};
