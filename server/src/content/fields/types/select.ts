import { refused } from '../issue.ts';
import type { FieldType } from './field-type.ts';
import { listCheck } from './list-check.ts';

export const selectType: FieldType<'select'> = {
  check: (field) => {
    const { values, multiple } = field.options;
    const known = new Set<unknown>(values);
    const shown = values.slice(0, 20).join(', ') + (values.length > 20 ? ', …' : '');
    const says = field.message ?? `${field.label ?? field.name} must be one of: ${shown}.`;
    const one: ReturnType<FieldType<'select'>['check']> = (value, path, found) => {
      if (known.has(value)) return value;
      found.add(path, typeof value === 'string' ? 'values' : 'type', says);
      return refused;
    };
    return multiple ? listCheck(field, one, { distinct: true }) : one;
  },
  schema: ({ options: { values, multiple } }) => {
    const one = { type: 'string', enum: values };
    return multiple ? { type: 'array', items: one, uniqueItems: true } : one;
  },
  indexKind: ({ options }) => (options.multiple ? 'list' : 'code'),
};
