import type { Field as FieldReply, SchemaField, ValidationWords } from '@cms/contracts';
import type { Field } from '../../content/fields/field.ts';

/** Names of collections by id: relations are kept by id and shown by name. */
export type NameOf = (collectionId: string) => string;

/** A field as it is shown: without its storage key, its relation's collection by name. */
export function toField(field: Field, nameOf: NameOf): FieldReply {
  const { key: _key, ...shown } = field;
  return { ...shown, options: toOptions(field, nameOf) };
}

function toOptions(field: Field, nameOf: NameOf): FieldReply['options'] {
  const shown = (fields: readonly Field[]) => fields.map((each) => toField(each, nameOf));
  if (field.type === 'relation')
    return { ...field.options, collection: nameOf(field.options.collection) };
  if (field.type === 'component') return { ...field.options, fields: shown(field.options.fields) };
  if (field.type !== 'blocks') return field.options;
  const blocks = Object.entries(field.options.blocks).map(([name, own]) => [name, shown(own)]);
  return { ...field.options, blocks: Object.fromEntries(blocks) as Record<string, FieldReply[]> };
}

const words = ['min', 'max', 'min_length', 'max_length', 'pattern', 'values'] as const;

/** The same field in the words of document S4. */
export function toSchemaField(field: FieldReply): SchemaField {
  const { required, unique, options, ...shown } = field;
  const validation: Record<string, unknown> = { required, unique };
  const others: Record<string, unknown> = { ...options };
  for (const word of words)
    if (options[word] !== undefined) {
      validation[word] = options[word];
      delete others[word];
    }
  return { ...shown, validation: validation as ValidationWords, options: others };
}
