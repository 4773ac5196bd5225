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

/** A field as replies show it: by its name, without its storage key. */
export const toFieldOutput = (field: Field): FieldOutput => ({
  ...base(field),
  required: field.required,
  unique: field.unique,
  options: optionsOf(field),
});

function optionsOf(field: Field): AnyOptions<FieldOutput> {
  if (field.type === 'component')
    return { ...field.options, fields: field.options.fields.map(toFieldOutput) };
  if (field.type !== 'blocks') return field.options;
  const blocks = Object.entries(field.options.blocks).map(
    ([name, fields]) => [name, fields.map(toFieldOutput)] as const,
  );
  return { ...field.options, blocks: Object.fromEntries(blocks) };
}

/** A field in S4's words: what its value must be moves from `options` to `validation`. */
export function toSchemaField(field: Field): SchemaField {
  const { min, max, min_length, max_length, pattern, values, ...options } = optionsOf(field);
  const words: ValidationWords = { min, max, min_length, max_length, pattern, values };
  const said = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
  return {
    ...base(field),
    validation: { required: field.required, unique: field.unique, ...said },
    options,
  };
}
