import { entryIdPattern, MAX_LIST_ITEMS } from '@cms/contracts';
import { type Check, refused } from '../issue.ts';
import type { FieldType } from './field-type.ts';
import { listCheck } from './list-check.ts';

const id = { type: 'string', pattern: entryIdPattern.source };
const included = { type: 'object', description: 'The entry itself, where it is included' };

export const relationType: FieldType<'relation'> = {
  check: (field) => {
    const name = field.label ?? field.name;
    const one: Check = (value, path, found) => {
      if (typeof value === 'string' && entryIdPattern.test(value)) return value;
      const code = typeof value === 'string' ? 'format' : 'type';
      found.add(path, code, field.message ?? `${name} must be the id of an entry (ent_…).`);
      return refused;
    };
    return field.options.multiple ? listCheck(field, one, { distinct: true }) : one;
  },
  schema: ({ options: { multiple } }, { mode }) => {
    const one = mode === 'read' ? { anyOf: [id, included] } : id;
    if (!multiple) return one;
    if (mode === 'read') return { type: 'array', items: one };
    return { type: 'array', items: one, uniqueItems: true, maxItems: MAX_LIST_ITEMS };
  },
  indexKind: ({ options }) => (options.multiple ? 'list' : 'code'),
};
