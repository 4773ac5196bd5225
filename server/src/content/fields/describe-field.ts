import type {
  AnyOptions,
  Field as FieldOutput,
  SchemaField,
  ValidationWords,
} from '@cms/contracts';
import type { Field } from './field.ts';

function base(field: Field) {
  const { id, name, type, label, message, rules, indexed, localized, hidden, readonly } = field;
  return {
    id,
    name,
    type,
    ...(label === undefined ? {} : { label }),
    indexed,
    localized,
    hidden,
    readonly,
    ...(field.default === undefined ? {} : { default: field.default }),
    ...(message === undefined ? {} : { message }),
    ...(rules === undefined ? {} : { rules }),
  };
}

/** Names of collections by id: relations are stored by id and shown by name. */
export type NameOf = (collectionId: string) => string;

/** A field as replies show it: by its name, without its storage key. */
export const toFieldOutput = (field: Field, nameOf: NameOf): FieldOutput => ({
  ...base(field),
  required: field.required,
  unique: field.unique,
  options: optionsOf(field, nameOf),
});

function optionsOf(field: Field, nameOf: NameOf): AnyOptions<FieldOutput> {
  const shown = (fields: readonly Field[]) => fields.map((each) => toFieldOutput(each, nameOf));
  if (field.type === 'relation')
    return { ...field.options, collection: nameOf(field.options.collection) };
  if (field.type === 'component') return { ...field.options, fields: shown(field.options.fields) };
  if (field.type !== 'blocks') return field.options;
  const blocks = Object.entries(field.options.blocks).map(
    ([name, fields]) => [name, shown(fields)] as const,
  );
  return { ...field.options, blocks: Object.fromEntries(blocks) };
}

/** A field in S4's words: what its value must be moves from `options` to `validation`. */
export function toSchemaField(field: Field, nameOf: NameOf): SchemaField {
  const { min, max, min_length, max_length, pattern, values, ...options } = optionsOf(
    field,
    nameOf,
  );
  const words: ValidationWords = { min, max, min_length, max_length, pattern, values };
  const said = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
  return {
    ...base(field),
    validation: { required: field.required, unique: field.unique, ...said },
    options,
  };
}
