import type { FieldDefinition } from '@cms/contracts';
import type { NewCollection } from '../../resources/collections.ts';
import { type NormalField, normalField } from './normal-field.ts';

export const actions = ['list', 'view', 'create', 'update', 'delete'] as const;
export type Rules = Readonly<Partial<Record<(typeof actions)[number], unknown>>>;

/** A collection as it may be written by hand or by the server. */
export type AnyCollection = Pick<
  NewCollection,
  'name' | 'label' | 'type' | 'status' | 'default_status' | 'options'
> & {
  readonly fields?: readonly FieldDefinition[];
  readonly schema?: readonly FieldDefinition[];
  readonly rules?: Rules;
};

/** A collection in its shortest form: settings that are the usual ones are left out. */
export interface NormalCollection {
  readonly name: string;
  readonly label?: string;
  readonly type?: 'base' | 'singleton';
  readonly status?: 'draft' | 'archived';
  readonly default_status?: 'draft' | 'archived';
  readonly options?: NewCollection['options'];
  readonly rules?: Rules;
  readonly fields: readonly NormalField[];
}

/** Brings a collection into the form that is kept in the file and compared. */
export function normalCollection(collection: AnyCollection): NormalCollection {
  const { name, label, type, status, default_status: first, options = {}, rules = {} } = collection;
  const ruled = Object.fromEntries(
    actions.flatMap((action) => (rules[action] == null ? [] : [[action, rules[action]]])),
  );
  const set = Object.fromEntries(Object.entries(options).filter(([, value]) => value));
  return {
    name,
    ...(label == null ? {} : { label }),
    ...(type === undefined || type === 'content' ? {} : { type }),
    ...(status === undefined || status === 'published' ? {} : { status }),
    ...(first === undefined || first === 'published' ? {} : { default_status: first }),
    ...(Object.keys(set).length === 0 ? {} : { options: set }),
    ...(Object.keys(ruled).length === 0 ? {} : { rules: ruled }),
    fields: (collection.fields ?? collection.schema ?? []).map((each) => normalField(each)),
  };
}

/** The settings of a collection in full, as a request takes them: what is not said is the usual. */
export const fullSettings = (collection: NormalCollection) => ({
  label: collection.label ?? null,
  type: collection.type ?? ('content' as const),
  status: collection.status ?? ('published' as const),
  default_status: collection.default_status ?? ('published' as const),
  options: collection.options ?? {},
  rules: Object.fromEntries(
    actions.map((action) => [action, collection.rules?.[action] ?? null]),
  ) as NonNullable<NewCollection['rules']>,
});
