import type { FieldBase, NumberOptions } from '../field.ts';
import { type Check, refused } from '../issue.ts';

/** Makes the check of numbers; `isKind` decides what is one. Minus zero is stored as zero, as in JSON. */
export function numberCheck(
  field: FieldBase & { readonly options: NumberOptions },
  isKind: (value: unknown) => boolean,
  says: string,
): Check {
  const { min = -Infinity, max = Infinity } = field.options;
  const { message } = field;
  const name = field.label ?? field.name;
  return (value, path, found) => {
    if (typeof value !== 'number' || !isKind(value))
      found.add(path, 'type', message ?? `${name} ${says}`);
    else if (value < min) found.add(path, 'min', message ?? `${name} must be at least ${min}.`);
    else if (value > max) found.add(path, 'max', message ?? `${name} must be at most ${max}.`);
    else return value === 0 ? 0 : value;
    return refused;
  };
}
