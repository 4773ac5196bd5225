import { quoteName } from '../../platform/db/sql.ts';
import type { Field } from '../fields/field.ts';
import {
  indexExpression,
  listExpression,
  sortExpression,
  textExpression,
} from '../fields/index-expression.ts';
import { ExpressionError } from './expression-error.ts';
import { type Fragment, sql } from './fragment.ts';
import { type Kind, kindOf } from './kinds.ts';
import { MAX_RELATIONS } from './limits.ts';
import type { CollectionShape, Scope } from './scope.ts';
import { systemColumn } from './system-columns.ts';

/** The tables between an entry and a value: each is asked for with `exists`. */
export interface Link {
  readonly table: string;
  readonly alias: string;
  /** SQL that connects the table with the one before, and says what of it is open. */
  readonly condition: Fragment;
  /** Whether it leads to several rows. */
  readonly multiple: boolean;
}

/** A value as SQL sees it. */
export interface ColumnSql {
  readonly kind: Kind;
  /** As it is compared and indexed; of a list, its jsonb. */
  readonly value: string;
  /** Its text, whatever it is; null where it is absent. */
  readonly text: string;
}

/** A field that a path leads to. */
export interface Column extends ColumnSql {
  readonly links: readonly Link[];
  /** What the path means, whatever it is called: ids of collections, fields, system columns. */
  readonly meaning: string;
  /** Ids of the other collections on the way. */
  readonly reached: readonly string[];
}

interface Place {
  readonly collection: CollectionShape;
  readonly alias: string;
  /** The jsonb that holds the fields here. */
  readonly source: string;
  readonly fields: readonly Field[];
  /** Within a component there are no system fields. */
  readonly nested: boolean;
}

/** Follows a path such as `author.company.name`. Throws an ExpressionError on the part that is wrong. */
export function resolveColumn(scope: Scope, path: string, start: number): Column {
  const names = path.split('.');
  let place = rootOf(scope.collection, quoteName(scope.collection.storage));
  const links: Link[] = [];
  const meaning: string[] = [];
  let at = start;
  for (const [index, name] of names.entries()) {
    const last = index === names.length - 1;
    const field = fieldNamed(place, name, scope);
    if (!field) {
      const system = place.nested ? undefined : systemColumn(place.alias, names.slice(index));
      if (!system) throw unknown(place, name, at);
      meaning.push(system.name);
      return { ...system, links, meaning: meaning.join('.'), reached: reachedBy(meaning) };
    }
    meaning.push(field.id);
    if (last)
      return {
        ...columnSql(field, place.source),
        links,
        meaning: meaning.join('.'),
        reached: reachedBy(meaning),
      };
    at += name.length + 1;
    if (field.type === 'relation') {
      if (links.length === MAX_RELATIONS)
        throw new ExpressionError(at, `a path may follow ${MAX_RELATIONS} relations at most.`);
      const target = scope.find(field.options.collection);
      if (!target)
        throw new ExpressionError(at, `the collection that "${name}" points to is gone.`);
      const next = rootOf(target, `r${links.length + 1}`);
      const open = scope.open?.(target, next.alias);
      if (open === null)
        throw new ExpressionError(at, `what "${name}" points to is not open to you.`);
      links.push(linkTo(next, field, place, open));
      meaning.push(target.id);
      place = next;
    } else if (field.type === 'component' && !field.options.multiple)
      place = {
        ...place,
        source: listExpression(field, place.source),
        fields: field.options.fields,
        nested: true,
      };
    else throw new ExpressionError(at, `"${name}" is a ${field.type} field: it has no parts.`);
  }
  throw unknown(place, '', at);
}

const rootOf = (collection: CollectionShape, alias: string): Place => ({
  collection,
  alias,
  source: `${alias}.data`,
  fields: collection.fields,
  nested: false,
});

const reachedBy = (meaning: readonly string[]) => meaning.filter((each) => each.startsWith('col_'));

const fieldNamed = (place: Place, name: string, scope: Scope): Field | undefined =>
  place.fields.find(
    (field) => field.name === name && (scope.reads?.(place.collection, field) ?? true),
  );

/** How a field's value is read out of the jsonb that holds it. */
export function columnSql(field: Field, source: string): ColumnSql {
  const kind = kindOf(field);
  const text = textExpression(field, source);
  if (kind === 'opaque') return { kind, text, value: text };
  if (kind === 'list' || kind === 'place')
    return { kind, text, value: listExpression(field, source) };
  return { kind, text, value: sortExpression(field, source) };
}

/**
 * The current state of the entries that a relation names: no index serves an `exists` better than
 * that of the ids, which is why a list is unpacked.
 */
function linkTo(
  next: Place,
  field: Field & { type: 'relation' },
  from: Place,
  open: Fragment | undefined,
): Link {
  const list = listExpression(field, from.source);
  const ids = `array(select jsonb_array_elements_text(case jsonb_typeof(${list}) when 'array' then ${list} else '[]'::jsonb end))`;
  const match = field.options.multiple
    ? `any(${ids})`
    : indexExpression(field, from.source).expression;
  const joins = `${next.alias}.stage = 'current' and ${next.alias}.project_id = ${from.alias}.project_id and ${next.alias}.entry_id collate "C" = ${match}`;
  return {
    table: quoteName(next.collection.storage),
    alias: next.alias,
    condition: open ? sql`${joins} and ${open}` : [joins],
    multiple: Boolean(field.options.multiple),
  };
}

function unknown(place: Place, name: string, at: number): ExpressionError {
  const where = place.nested ? 'this component' : `"${place.collection.name}"`;
  return new ExpressionError(at, `there is no field "${name}" in ${where}.`);
}
