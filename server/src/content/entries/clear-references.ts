import type { Field } from '../fields/field.ts';

type Data = Readonly<Record<string, unknown>>;

/**
 * The data of an entry without its references to the given entries: a single relation becomes null, a
 * list loses them. Components and blocks are looked through; data is by storage key.
 */
export function clearReferences(
  fields: readonly Field[],
  data: Data,
  targets: ReadonlySet<string>,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...data };
  for (const field of fields)
    if (result[field.key] !== undefined && result[field.key] !== null)
      result[field.key] = cleared(field, result[field.key], targets);
  return result;
}

function cleared(field: Field, value: unknown, targets: ReadonlySet<string>): unknown {
  if (field.type === 'relation') {
    if (Array.isArray(value)) return value.filter((id) => !targets.has(id as string));
    return targets.has(value as string) ? null : value;
  }
  if (field.type === 'component')
    return each(value, (item) => clearReferences(field.options.fields, item, targets));
  if (field.type === 'blocks')
    return each(value, (item) =>
      clearReferences(field.options.blocks[String(item['type'])] ?? [], item, targets),
    );
  return value;
}

const each = (value: unknown, change: (item: Data) => Data): unknown =>
  Array.isArray(value) ? value.map((item) => change(item as Data)) : change(value as Data);
