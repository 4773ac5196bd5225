import { refused } from '../issue.ts';
import type { FieldType } from './field-type.ts';

export const boolType: FieldType<'bool'> = {
  check: (field) => (value, path, found) => {
    if (typeof value === 'boolean') return value;
    found.add(path, 'type', field.message ?? `${field.label ?? field.name} must be true or false.`);
    return refused;
  },
  schema: () => ({ type: 'boolean' }),
  indexKind: () => 'boolean',
};
