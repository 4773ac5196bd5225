import type { Field, Reference } from '../fields/field.ts';

type Data = Readonly<Record<string, unknown>>;

/** Every reference that stored data holds, with the path of the value by field names. */
export const referencesIn = (fields: readonly Field[], data: Data, prefix = ''): Reference[] =>
  fields.flatMap((field) => {
    const value = data[field.key];
    return value === undefined || value === null
      ? []
      : referencesOf(field, value, prefix + field.name);
  });

function referencesOf(field: Field, value: unknown, path: string): Reference[] {
  const { options } = field;
  if (field.type === 'relation')
    return items(value).map(([entryId, suffix]) => ({
      fieldId: field.id,
      path: path + suffix,
      entryId: String(entryId),
      collection: options.collection ?? '',
      onDelete: options.on_delete ?? 'restrict',
    }));
  if (field.type === 'component')
    return items(value).flatMap(([item, suffix]) =>
      referencesIn(options.fields ?? [], item as Data, `${path}${suffix}.`),
    );
  if (field.type === 'blocks')
    return items(value).flatMap(([item, suffix]) => {
      const block = item as Data;
      return referencesIn(
        options.blocks?.[String(block['type'])] ?? [],
        block,
        `${path}${suffix}.`,
      );
    });
  return [];
}

/** The items of a list with the suffix of their path, or the one value with none. */
const items = (value: unknown): [unknown, string][] =>
  Array.isArray(value) ? value.map((item, index) => [item, `.${index}`]) : [[value, '']];
