/** Every type of field, by its own name. */
export const fieldTypes = [
  'text',
  'editor',
  'email',
  'url',
  'slug',
  'number',
  'integer',
  'bool',
  'date',
  'datetime',
  'select',
  'json',
  'relation',
  'geo_point',
  'component',
  'blocks',
] as const;
export type FieldTypeName = (typeof fieldTypes)[number];

/** Other words for a type, as other products spell them. */
export const fieldTypeAliases = {
  richtext: 'editor',
  boolean: 'bool',
  geopoint: 'geo_point',
} as const satisfies Record<string, FieldTypeName>;
export type FieldTypeAlias = keyof typeof fieldTypeAliases;

/** The type that a word names. */
export const canonicalType = (type: FieldTypeName | FieldTypeAlias): FieldTypeName =>
  Object.hasOwn(fieldTypeAliases, type)
    ? fieldTypeAliases[type as FieldTypeAlias]
    : (type as FieldTypeName);

/** All words of `validation` and `options` together, as one reads them before the type is known. */
export interface AnyOptions<N> {
  readonly min_length?: number | undefined;
  readonly max_length?: number | undefined;
  readonly pattern?: string | undefined;
  readonly from?: string | undefined;
  readonly min?: number | string | undefined;
  readonly max?: number | string | undefined;
  readonly values?: readonly string[] | undefined;
  readonly multiple?: boolean | undefined;
  readonly schema?: Readonly<Record<string, unknown>> | undefined;
  readonly collection?: string | undefined;
  readonly on_delete?: 'restrict' | 'cascade' | 'set_null' | undefined;
  readonly fields?: readonly N[] | undefined;
  readonly blocks?: Readonly<Record<string, readonly N[]>> | undefined;
  readonly min_items?: number | undefined;
  readonly max_items?: number | undefined;
}

type Nullable<T> = { readonly [K in keyof T]?: T[K] | null | undefined };

/** S4's words for what `required`, `unique` and `options` say. */
export type ValidationWords = Nullable<
  Pick<AnyOptions<never>, 'min' | 'max' | 'min_length' | 'max_length' | 'pattern' | 'values'> & {
    readonly required: boolean;
    readonly unique: boolean;
  }
>;

/** What all definitions share. */
export interface DefinitionBase {
  readonly id?: string | undefined;
  readonly name: string;
  readonly label?: string | undefined;
  readonly required?: boolean | undefined;
  readonly unique?: boolean | undefined;
  readonly indexed?: boolean | undefined;
  readonly localized?: boolean | undefined;
  readonly default?: unknown;
  readonly hidden?: boolean | undefined;
  readonly readonly?: boolean | undefined;
  readonly message?: string | undefined;
  readonly rules?:
    | { readonly read?: string | null | undefined; readonly write?: string | null | undefined }
    | undefined;
}

/** A field as it is sent. */
export interface FieldDefinition extends DefinitionBase {
  readonly type: FieldTypeName | FieldTypeAlias;
  readonly options?: AnyOptions<FieldDefinition> | undefined;
  readonly validation?: ValidationWords | undefined;
}

/** A field as it is shown: everything filled in. */
export interface FieldOutput extends DefinitionBase {
  readonly id: string;
  readonly type: FieldTypeName;
  readonly required: boolean;
  readonly unique: boolean;
  readonly indexed: boolean;
  readonly localized: boolean;
  readonly hidden: boolean;
  readonly readonly: boolean;
  readonly options: AnyOptions<FieldOutput>;
}

/** A field in S4's words. */
export interface SchemaFieldOutput extends DefinitionBase {
  readonly id: string;
  readonly type: FieldTypeName;
  readonly validation: ValidationWords;
  readonly options: AnyOptions<FieldOutput>;
}
