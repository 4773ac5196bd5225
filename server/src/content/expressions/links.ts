import { quoteName, quoteText } from '../../platform/db/sql.ts';
import type { Field, FieldOf } from '../fields/field.ts';
import { indexExpression, listExpression } from '../fields/index-expression.ts';
import { ExpressionError } from './expression-error.ts';
import { type Fragment, sql } from './fragment.ts';
import { MAX_RELATIONS } from './limits.ts';
import type { BackShape, CollectionShape, Scope } from './scope.ts';

/** The tables between an entry and a value: each is asked for with `exists`. */
export interface Link {
  readonly table: string;
  readonly alias: string;
  /** SQL that connects the table with the one before, and says what of it is open. */
  readonly condition: Fragment;
  /** Whether it leads to several rows. */
  readonly multiple: boolean;
}

/** Where the next name of a path is looked up. */
export interface Place {
  readonly collection: CollectionShape;
  readonly alias: string;
  /** The jsonb that holds the fields here. */
  readonly source: string;
  readonly fields: readonly Field[];
  /** Within a component there are no system fields. */
  readonly nested: boolean;
}

/** The entries of a collection, under a name. */
export const placeOf = (collection: CollectionShape, alias: string): Place => ({
  collection,
  alias,
  source: `${alias}.data`,
  fields: collection.fields,
  nested: false,
});

/** A way from a place to the entries of another collection. */
export interface Way {
  readonly meaning: string;
  readonly target: CollectionShape | undefined;
  readonly multiple: boolean;
  /** The links to a place, as SQL that connects it. */
  linksTo(next: Place): { readonly before: readonly Link[]; readonly joins: string };
}

/** The way that a name leads: along a relation, or, as `posts_via_author`, against one. */
export function wayFrom(
  scope: Scope,
  place: Place,
  name: string,
  field: Field | undefined,
): Way | undefined {
  if (field?.type === 'relation')
    return {
      meaning: field.id,
      target: scope.find(field.options.collection),
      multiple: Boolean(field.options.multiple),
      linksTo: (next) => ({
        before: [],
        joins: `${next.alias}.entry_id collate "C" = ${idsIn(field, place)}`,
      }),
    };
  const back = field || place.nested ? undefined : scope.back?.(place.collection, name);
  return back && wayBack(back, place);
}

/** Against a relation the references lead, which are indexed whether the relation is or not. */
const wayBack = ({ collection, field }: BackShape, place: Place): Way => ({
  meaning: `to ${field.id}`,
  target: collection,
  multiple: true,
  linksTo: (next) => {
    const alias = `${next.alias}_ref`;
    const condition = `${alias}.to_entry_id = ${place.alias}.entry_id and ${alias}.project_id = ${place.alias}.project_id and ${alias}.field_id = ${quoteText(field.id)}`;
    const references: Link = {
      table: 'entry_references',
      alias,
      condition: [condition],
      multiple: true,
    };
    return { before: [references], joins: `${next.alias}.entry_id = ${alias}.from_entry_id` };
  },
});

/**
 * The ids that a relation holds: no index serves an `exists` better than that of the ids, which is why
 * a list is unpacked.
 */
function idsIn(field: FieldOf<'relation'>, { source }: Place): string {
  if (!field.options.multiple) return indexExpression(field, source).expression;
  const list = listExpression(field, source);
  return `any(array(select jsonb_array_elements_text(case jsonb_typeof(${list}) when 'array' then ${list} else '[]'::jsonb end)))`;
}

/** A path as far as it was followed. */
export interface Followed {
  readonly links: readonly Link[];
  readonly place: Place;
  /** How many relations lead there. */
  readonly relations: number;
}

/**
 * Goes a way, to the current state of entries as far as they are open. Throws an ExpressionError where
 * there is no going on.
 */
export function follow(
  scope: Scope,
  { links, place, relations }: Followed,
  { target, multiple, linksTo }: Way,
  { name, at }: { name: string; at: number },
): Followed {
  if (relations === MAX_RELATIONS)
    throw new ExpressionError(at, `a path may follow ${MAX_RELATIONS} relations at most.`);
  if (!target) throw new ExpressionError(at, `the collection that "${name}" points to is gone.`);
  const next = placeOf(target, `r${relations + 1}`);
  const open = scope.open?.(target, next.alias);
  if (open === null) throw new ExpressionError(at, `what "${name}" points to is not open to you.`);
  const { before, joins } = linksTo(next);
  // An `exists` that asks of nothing but the table right before it is planned as a join.
  const from = before.at(-1)?.alias ?? place.alias;
  const state = `${next.alias}.stage = 'current' and ${next.alias}.project_id = ${from}.project_id and ${joins}`;
  const link: Link = {
    table: quoteName(target.storage),
    alias: next.alias,
    condition: open ? sql`${state} and ${open}` : [state],
    multiple,
  };
  return { links: [...links, ...before, link], place: next, relations: relations + 1 };
}
