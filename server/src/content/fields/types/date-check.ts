import type { DateOptions, FieldBase } from '../field.ts';
import { type Check, refused } from '../issue.ts';

/** Makes the check of dates and moments; `read` gives the stored form, which sorts as text. */
export function dateCheck(
  field: FieldBase & { readonly options: DateOptions },
  read: (text: string) => string | undefined,
  says: string,
): Check {
  const { min, max } = field.options;
  const { message } = field;
  const name = field.label ?? field.name;
  return (value, path, found) => {
    const stored = typeof value === 'string' ? read(value) : undefined;
    if (stored === undefined)
      found.add(path, typeof value === 'string' ? 'format' : 'type', message ?? `${name} ${says}`);
    else if (min !== undefined && stored < min)
      found.add(path, 'min', message ?? `${name} must not be before ${min}.`);
    else if (max !== undefined && stored > max)
      found.add(path, 'max', message ?? `${name} must not be after ${max}.`);
    else return stored;
    return refused;
  };
}

/** The limits of dates in words: JSON Schema has none. */
export function dateLimits({ min, max }: DateOptions): { description?: string } {
  const words = [
    ...(min === undefined ? [] : [`not before ${min}`]),
    ...(max === undefined ? [] : [`not after ${max}`]),
  ];
  return words.length === 0 ? {} : { description: words.join(', ') };
}
