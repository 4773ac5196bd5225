import { MAX_LIST_ITEMS } from '@cms/contracts';
import { type Check, refused } from '../issue.ts';
import type { FieldType } from './field-type.ts';
import { listCheck } from './list-check.ts';
import { isObject } from './plain-object.ts';

export const componentType: FieldType<'component'> = {
  check: (field, nested) => {
    const object = nested(field.options.fields);
    const one: Check = (value, path, found) => {
      if (isObject(value)) return object(value, `${path}.`, found);
      const says = `${field.label ?? field.name} must be an object with its fields.`;
      found.add(path, 'type', field.message ?? says);
      return refused;
    };
    return field.options.multiple ? listCheck(field, one, field.options) : one;
  },
  schema: ({ options }, of) => {
    const one = of.object(options.fields);
    if (!options.multiple) return one;
    if (of.mode === 'read') return { type: 'array', items: one };
    return {
      type: 'array',
      items: one,
      ...(options.min_items === undefined ? {} : { minItems: options.min_items }),
      maxItems: options.max_items ?? MAX_LIST_ITEMS,
    };
  },
  indexKind: () => 'none',
};
