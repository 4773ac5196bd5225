import type { AnyOptions, FieldDefinition, FieldTypeAlias, FieldTypeName } from '@cms/contracts';

/** A field in its shortest form: what is not said is as the server has it by itself. */
export interface NormalField {
  readonly id?: string;
  readonly name: string;
  readonly type: FieldTypeName;
  readonly label?: string;
  readonly required?: true;
  readonly unique?: true;
  readonly indexed?: true;
  readonly localized?: true;
  readonly hidden?: true;
  readonly readonly?: true;
  readonly default?: unknown;
  readonly message?: string;
  readonly rules?: FieldDefinition['rules'];
  readonly options?: AnyOptions<NormalField>;
}

const ALIASES: Readonly<Record<FieldTypeAlias, FieldTypeName>> = {
  richtext: 'editor',
  boolean: 'bool',
  geopoint: 'geo_point',
};
const FLAGS = ['required', 'unique', 'indexed', 'localized', 'hidden', 'readonly'] as const;
const WORDS = ['min', 'max', 'min_length', 'max_length', 'pattern', 'values'] as const;

/** Brings a field, as a person wrote it or as the server shows it, into the form that is compared. */
export function normalField(field: FieldDefinition): NormalField {
  const { validation = {}, label, message, rules } = field;
  const type = ALIASES[field.type as FieldTypeAlias] ?? (field.type as FieldTypeName);
  const said = {
    ...field,
    required: field.required ?? validation.required,
    unique: field.unique ?? validation.unique,
  };
  const options = normalOptions(field, type);
  const shownRules = withoutEmpty(rules ?? {});
  return {
    ...(field.id === undefined ? {} : { id: field.id }),
    name: field.name,
    type,
    ...(label === undefined ? {} : { label }),
    ...Object.fromEntries(FLAGS.flatMap((flag) => (said[flag] ? [[flag, true]] : []))),
    ...(field.default === undefined ? {} : { default: normalTime(type, field.default) }),
    ...(message === undefined ? {} : { message }),
    ...(Object.keys(shownRules).length === 0 ? {} : { rules: shownRules }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
}

function normalOptions(field: FieldDefinition, type: FieldTypeName): AnyOptions<NormalField> {
  const { validation = {}, options = {} } = field;
  const { fields, blocks, multiple, on_delete, ...others } = options;
  const words = WORDS.map((word) => [word, others[word] ?? validation[word]] as const);
  const values = withoutEmpty({ ...others, ...Object.fromEntries(words) });
  return {
    ...Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, normalTime(type, value)]),
    ),
    ...(multiple ? { multiple } : {}),
    ...(on_delete === undefined || on_delete === 'restrict' ? {} : { on_delete }),
    ...(fields === undefined ? {} : { fields: fields.map((each) => normalField(each)) }),
    ...(blocks === undefined ? {} : { blocks: normalBlocks(blocks) }),
  };
}

const normalBlocks = (blocks: Readonly<Record<string, readonly FieldDefinition[]>>) =>
  Object.fromEntries(
    Object.entries(blocks)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, fields]) => [name, fields.map((each) => normalField(each))]),
  );

const withoutEmpty = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<T>;

/** The server keeps moments as UTC with milliseconds, however they were written. */
function normalTime(type: FieldTypeName, value: unknown): unknown {
  if (type !== 'datetime' || typeof value !== 'string' || value === 'now') return value;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? value : at.toISOString();
}
