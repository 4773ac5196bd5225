import type { Field as FieldReply, SchemaField, ValidationWords } from '@cms/contracts';
import type { Field } from '../../content/fields/field.ts';

/** Names of collections by id: relations are kept by id and shown by name. */
export type NameOf = (collectionId: string) => string;

/** A field as it is shown: without its storage key, its relation's collection by name. */
export function toField(field: Field, nameOf: NameOf): FieldReply {
  const { key: _key, options, ...shown } = field;
  const { fields, blocks, collection, ...others } = options;
  return {
    ...shown,
    options: {
      ...others,
      ...(collection === undefined ? {} : { collection: nameOf(collection) }),
      ...(fields === undefined ? {} : { fields: fields.map((each) => toField(each, nameOf)) }),
      ...(blocks === undefined ? {} : { blocks: toBlocks(blocks, nameOf) }),
    },
  };
}

const toBlocks = (blocks: Readonly<Record<string, readonly Field[]>>, nameOf: NameOf) =>
  Object.fromEntries(
    Object.entries(blocks).map(([name, fields]) => [
      name,
      fields.map((each) => toField(each, nameOf)),
    ]),
  );

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
