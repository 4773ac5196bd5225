import type { Field } from '../fields/field.ts';
import { typeOf } from '../fields/types/index.ts';
import type { Operator } from './tree.ts';

/** How values compare: what a field's type comes down to. `moment` is a time of the system's own. */
export type Kind =
  | 'text'
  | 'code'
  | 'number'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'moment'
  | 'list'
  | 'place'
  | 'opaque';

const byIndex = {
  text: 'text',
  code: 'code',
  numeric: 'number',
  boolean: 'boolean',
  list: 'list',
  none: 'opaque',
} as const;

/** The kind of a field's values. */
export function kindOf(field: Field): Kind {
  if (field.type === 'geo_point') return 'place';
  if (field.type === 'date' || field.type === 'datetime') return field.type;
  return byIndex[typeOf(field).indexKind(field)];
}

const words: Readonly<Record<Kind, string>> = {
  text: 'a text',
  code: 'a text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date',
  datetime: 'a time',
  moment: 'a time',
  list: 'a list',
  place: 'a place',
  opaque: 'neither text nor number',
};

/** A kind in words, for errors. */
export const inWords = (kind: Kind): string => words[kind];

export const isText = (kind: Kind): boolean => kind === 'text' || kind === 'code';
export const isTime = (kind: Kind): boolean =>
  kind === 'date' || kind === 'datetime' || kind === 'moment';

const equality: readonly Operator[] = ['eq', 'ne', 'has'];
const order: readonly Operator[] = ['gt', 'gte', 'lt', 'lte'];
const within: readonly Operator[] = ['contains', 'not_contains', 'starts_with', 'ends_with'];

/** True where an operator takes values of a kind; whether null may stand on its right is another question. */
export function takes(kind: Kind, operator: Operator): boolean {
  if (kind === 'list') return operator === 'has';
  if (kind === 'place') return operator === 'near';
  if (kind === 'opaque') return false;
  if (equality.includes(operator)) return true;
  if (order.includes(operator)) return kind !== 'boolean';
  return within.includes(operator) && isText(kind);
}

/** The type that PostgreSQL takes a parameter of a kind as. */
export const castOf = (kind: Kind): 'text' | 'numeric' | 'boolean' | 'timestamptz' =>
  kind === 'number'
    ? 'numeric'
    : kind === 'boolean'
      ? 'boolean'
      : kind === 'moment'
        ? 'timestamptz'
        : 'text';
