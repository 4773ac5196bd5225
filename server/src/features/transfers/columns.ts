import type { CollectionCtx } from '../../content/context.ts';
import type { Field, FieldOf } from '../../content/fields/field.ts';
import type { Collection } from '../../content/schema/collection.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { systemColumn } from './system-columns.ts';

/** What a column of a file holds. */
export type Column =
  | { readonly is: 'field'; readonly field: Field }
  /** Relations by a unique field of the collection that they point to. */
  | {
      readonly is: 'lookup';
      readonly field: FieldOf<'relation'>;
      readonly target: Collection;
      readonly by: Field;
    }
  /** The id of the entry to change. */
  | { readonly is: 'id' }
  /** The entry's status, which entries say and tables do not. */
  | { readonly is: 'status' }
  | { readonly is: 'ignored' };

export type LookupColumn = Extract<Column, { readonly is: 'lookup' }>;

/** The field that says how the cells of such a column are written: of a list, as JSON. */
export const keyField = ({ field, by }: LookupColumn): Field =>
  field.options.multiple ? { ...by, type: 'json', options: {} } : by;

/** How the columns of one file are understood. */
export interface Columns {
  /** The column of a name; undefined where it means nothing here. */
  of(name: string): Column | undefined;
  /** The names that the request maps. */
  readonly mapped: readonly string[];
  /** What tells entries apart; undefined where every row creates one. */
  readonly upsert: Field | 'id' | undefined;
}

export interface ColumnOptions {
  readonly map?: Readonly<Record<string, string>> | undefined;
  readonly upsert?: string | undefined;
}

/** Compiles how the columns of a file are understood. Throws INVALID_INPUT for an upsert by what is not unique. */
export async function columnsOf(
  ctx: CollectionCtx,
  { map = {}, upsert }: ColumnOptions,
): Promise<Columns> {
  const { collections } = await ctx.schemas.project(ctx.project.id);
  const byId = new Map(collections.map((each) => [each.id, each]));
  const fields = new Map(
    ctx.collection.fields
      .filter((field) => !field.hidden || ctx.view.reads(field))
      .map((field) => [field.name, field]),
  );
  const key = upsert === undefined ? undefined : upsertBy(ctx, fields, upsert);
  const known = new Map<string, Column | undefined>();
  const resolve = (name: string): Column | undefined => {
    if (name === '') return { is: 'ignored' };
    const field = fields.get(name);
    if (field) return { is: 'field', field };
    const system = systemColumn(name);
    if (system === 'status') return { is: 'status' };
    if (system) return { is: system === 'id' && key === 'id' ? 'id' : 'ignored' };
    const [, relation = '', by = ''] = /^([^.:]+)[.:]([^.:]+)$/.exec(name) ?? [];
    return lookupBy(ctx, fields.get(relation), by, byId);
  };
  return {
    of: (name) => {
      if (known.has(name)) return known.get(name);
      const column = Object.hasOwn(map, name)
        ? resolve(map[name] as string)
        : name === ''
          ? undefined
          : resolve(name);
      // Rows of NDJSON could name any number of keys.
      if (known.size < MAX_KNOWN) known.set(name, column);
      return column;
    },
    mapped: Object.keys(map),
    upsert: key,
  };
}

const MAX_KNOWN = 10_000;

function upsertBy(
  { view }: CollectionCtx,
  fields: ReadonlyMap<string, Field>,
  name: string,
): Field | 'id' {
  const field = fields.get(name);
  const isKey = (each: Field) => each.unique && !each.options.multiple && view.reads(each);
  if (field && isKey(field)) return field;
  if (!field && systemColumn(name) === 'id') return 'id';
  const unique = [...fields.values()].filter(isKey);
  const message = `Upsert by id${unique.map((each) => `, ${each.name}`).join('')}: "${name}" is no unique field here.`;
  throw new AppError('INVALID_INPUT', message, {
    details: [{ field: 'upsert', message, code: 'upsert' }],
  });
}

/** A field of another collection that is hidden says nothing, not even that it is there. */
function lookupBy(
  { principal, clock }: CollectionCtx,
  field: Field | undefined,
  name: string,
  collections: ReadonlyMap<string, Collection>,
): Column | undefined {
  if (field?.type !== 'relation') return undefined;
  const target = collections.get(field.options.collection);
  const view = target?.views.of({ principal, clock, method: 'GET' });
  const by = target?.fields.find((each) => each.name === name && view?.reads(each));
  if (!target || !by?.unique || by.options.multiple) return undefined;
  return { is: 'lookup', field, target, by };
}
