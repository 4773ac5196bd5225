import type { FieldTypeName } from '@cms/contracts';

export interface TextOptions {
  readonly multiple?: undefined;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly pattern?: string;
}
export interface SlugOptions extends TextOptions {
  readonly from?: string;
}
export interface NumberOptions {
  readonly multiple?: undefined;
  readonly min?: number;
  readonly max?: number;
}
/** Dates as `2024-01-31`; moments in UTC as the validator stores them. */
export interface DateOptions {
  readonly multiple?: undefined;
  readonly min?: string;
  readonly max?: string;
}
export interface SelectOptions {
  readonly values: readonly string[];
  readonly multiple: boolean;
}
export interface JsonOptions {
  readonly multiple?: undefined;
  readonly schema?: Readonly<Record<string, unknown>>;
}
export type OnDelete = 'restrict' | 'cascade' | 'set_null';
export interface RelationOptions {
  /** As it was sent, or whatever the caller put in its place. */
  readonly collection: string;
  readonly multiple: boolean;
  readonly on_delete: OnDelete;
}
interface ListOptions {
  readonly min_items?: number;
  readonly max_items?: number;
}
export interface ComponentOptions extends ListOptions {
  readonly fields: Field[];
  readonly multiple: boolean;
}
export interface BlocksOptions extends ListOptions {
  readonly multiple?: undefined;
  readonly blocks: Readonly<Record<string, Field[]>>;
}
export interface NoOptions {
  readonly multiple?: undefined;
}

export interface OptionsByType {
  text: TextOptions;
  editor: TextOptions;
  email: TextOptions;
  url: TextOptions;
  slug: SlugOptions;
  number: NumberOptions;
  integer: NumberOptions;
  bool: NoOptions;
  date: DateOptions;
  datetime: DateOptions;
  select: SelectOptions;
  json: JsonOptions;
  relation: RelationOptions;
  geo_point: NoOptions;
  component: ComponentOptions;
  blocks: BlocksOptions;
}

/** What fields of every type have. */
export interface FieldBase {
  /** `fld_…`: stays through renames. */
  readonly id: string;
  /** Storage key: the name that the field was created with, never used again for another. */
  readonly key: string;
  readonly name: string;
  readonly label?: string;
  readonly required: boolean;
  readonly unique: boolean;
  readonly indexed: boolean;
  readonly localized: boolean;
  readonly default?: unknown;
  readonly hidden: boolean;
  readonly readonly: boolean;
  readonly message?: string;
  readonly rules?: { readonly read?: string | null; readonly write?: string | null };
}

export type FieldOf<T extends FieldTypeName> = {
  [K in T]: FieldBase & { readonly type: K; readonly options: OptionsByType[K] };
}[T];
/** A field of a collection, a component or a block, as it is stored with the collection. */
export type Field = FieldOf<FieldTypeName>;

export type { Reference } from './references.ts';
export { compiledReferences, relationsOf } from './references.ts';
export { storageKeysOf } from './normalise/storage-keys.ts';
