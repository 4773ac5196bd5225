import { MAX_LIST_ITEMS } from '@cms/contracts';
import { type Check, refused } from '../issue.ts';
import type { FieldType } from './field-type.ts';
import { listCheck } from './list-check.ts';
import { isObject } from './plain-object.ts';

export const blocksType: FieldType<'blocks'> = {
  check: (field, nested) => {
    const kinds = new Map(
      Object.entries(field.options.blocks).map(([name, fields]) => [name, nested(fields)]),
    );
    const name = field.label ?? field.name;
    const names = [...kinds.keys()].join(', ');
    const one: Check = (value, path, found) => {
      if (!isObject(value)) {
        found.add(path, 'type', field.message ?? `${name} holds blocks: objects with a type.`);
        return refused;
      }
      const type = Object.hasOwn(value, 'type') ? value['type'] : undefined;
      const kind = typeof type === 'string' ? kinds.get(type) : undefined;
      if (!kind) {
        const code = type === undefined ? 'required' : 'values';
        const says = `The type of a block of ${name} must be one of: ${names}.`;
        found.add(`${path}.type`, code, field.message ?? says);
        return refused;
      }
      const { type: _, ...rest } = value;
      const stored = kind(rest, `${path}.`, found);
      return stored === refused ? refused : { type, ...(stored as Record<string, unknown>) };
    };
    return listCheck(field, one, field.options);
  },
  schema: ({ options }, of) => {
    const kinds = Object.entries(options.blocks).map(([name, fields]) => of.object(fields, name));
    const items = kinds.length === 1 ? kinds[0] : { oneOf: kinds };
    if (of.mode === 'read') return { type: 'array', items };
    return {
      type: 'array',
      items,
      ...(options.min_items === undefined ? {} : { minItems: options.min_items }),
      maxItems: options.max_items ?? MAX_LIST_ITEMS,
    };
  },
  indexKind: () => 'none',
};
