import { MAX_LIST_ITEMS } from '@cms/contracts';
import type { FieldBase } from '../field.ts';
import { type Check, refused } from '../issue.ts';

interface Limits {
  readonly min_items?: number;
  readonly max_items?: number;
  readonly distinct?: boolean;
}

/** Makes the check of a list out of that of its items. */
export function listCheck(field: FieldBase, item: Check, limits: Limits): Check {
  const { min_items: min = 0, max_items: max = MAX_LIST_ITEMS, distinct = false } = limits;
  const { message } = field;
  const name = field.label ?? field.name;
  return (value, path, found) => {
    const before = found.issues.length;
    if (!Array.isArray(value)) {
      found.add(path, 'type', message ?? `${name} must be a list.`);
      return refused;
    }
    if (value.length < min)
      found.add(path, 'min_items', message ?? `${name} must have at least ${min} items.`);
    if (value.length > max) {
      found.add(path, 'max_items', message ?? `${name} may have at most ${max} items.`);
      return refused;
    }
    const items = value.map((each: unknown, index) => item(each, `${path}.${index}`, found));
    if (distinct) {
      const seen = new Set<unknown>();
      for (const [index, each] of items.entries()) {
        if (each !== refused && seen.has(each))
          found.add(`${path}.${index}`, 'duplicate', message ?? `${name} lists this twice.`);
        seen.add(each);
      }
    }
    return found.issues.length === before ? items : refused;
  };
}
