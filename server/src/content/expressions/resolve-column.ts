import { quoteName } from '../../platform/db/sql.ts';
import type { Field, FieldOf } from '../fields/field.ts';
import { listExpression, sortExpression, textExpression } from '../fields/index-expression.ts';
import { ExpressionError } from './expression-error.ts';
import { type Kind, kindOf } from './kinds.ts';
import { type Followed, follow, type Link, type Place, placeOf, wayFrom } from './links.ts';
import type { Scope } from './scope.ts';
import { systemColumn } from './system-columns.ts';

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

/** Follows a path such as `author.company.name`. Throws an ExpressionError on the part that is wrong. */
export function resolveColumn(scope: Scope, path: string, start: number): Column {
  const names = path.split('.');
  const root = placeOf(scope.collection, quoteName(scope.collection.storage));
  let followed: Followed = { links: [], place: root, relations: 0 };
  const meaning: string[] = [];
  const found = (column: ColumnSql, name: string): Column => {
    meaning.push(name);
    const { links } = followed;
    return { ...column, links, meaning: meaning.join('.'), reached: reachedBy(meaning) };
  };
  let at = start;
  for (const [index, name] of names.entries()) {
    const { place } = followed;
    const last = index === names.length - 1;
    const field = fieldNamed(place, name, scope);
    if (field && last) return found(columnSql(field, place.source), field.id);
    const hasSystem = !field && !place.nested;
    const system = hasSystem ? systemColumn(place.alias, names.slice(index)) : undefined;
    if (system) return found(system, system.name);
    const way = wayFrom(scope, place, name, field);
    if (way && last)
      throw new ExpressionError(at, `"${name}" names entries; ask for a field, as "${name}.id".`);
    if (!way && !field) throw unknown(place, name, at);
    at += name.length + 1;
    if (way) {
      followed = follow(scope, followed, way, { name, at });
      meaning.push(way.meaning, followed.place.collection.id);
    } else if (field?.type === 'component' && !field.options.multiple) {
      followed = { ...followed, place: within(place, field) };
      meaning.push(field.id);
    } else throw new ExpressionError(at, `"${name}" is a ${field?.type} field: it has no parts.`);
  }
  throw unknown(followed.place, '', at);
}

/** The fields of a component. */
const within = (place: Place, field: FieldOf<'component'>): Place => ({
  ...place,
  source: listExpression(field, place.source),
  fields: field.options.fields,
  nested: true,
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

function unknown(place: Place, name: string, at: number): ExpressionError {
  const where = place.nested ? 'this component' : `"${place.collection.name}"`;
  return new ExpressionError(at, `there is no field "${name}" in ${where}.`);
}
