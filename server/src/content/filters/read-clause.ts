import { type FilterOperator, filterOperators } from '@cms/contracts';
import {
  type Comparison,
  type Expression,
  type ListOperand,
  type Literal,
  MAX_LIST_ITEMS,
  type Operator,
  type Word,
} from '../expressions/index.ts';
import { isObject } from '../fields/types/plain-object.ts';
import { isSoundText } from '../fields/types/sound-text.ts';
import { badFilter } from './filter-error.ts';

interface Place {
  readonly at: number;
  readonly key: string;
}

/**
 * What is asked of one field: a value that it equals, a list that it is one of, or operators with their
 * values, which must all hold. Throws INVALID_INPUT.
 */
export function readClause(path: string, clause: unknown, place: Place): Expression[] {
  if (Array.isArray(clause)) return [compared(path, 'in', clause, place)];
  if (!isObject(clause)) return [compared(path, 'eq', clause, place)];
  const asked = Object.entries(clause);
  if (asked.length === 0) throw badFilter(place.key, `Give "${place.key}" an operator: ${known}.`);
  return asked.map(([operator, value]) => {
    if (!isOperator(operator))
      throw badFilter(place.key, `There is no operator "${operator.slice(0, 100)}"; use ${known}.`);
    return compared(path, operator, value, place);
  });
}

const known = filterOperators.join(', ');
const isOperator = (name: string): name is FilterOperator =>
  (filterOperators as readonly string[]).includes(name);

const plain: Readonly<Partial<Record<FilterOperator, Operator>>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'gt',
  gte: 'gte',
  lt: 'lt',
  lte: 'lte',
  contains: 'contains',
  startsWith: 'starts_with',
  endsWith: 'ends_with',
  has: 'has',
};

function compared(
  path: string,
  operator: FilterOperator,
  value: unknown,
  place: Place,
): Expression {
  const { at } = place;
  const comparison = (as: Operator, right: Comparison['right']): Comparison => {
    const left: Word = { kind: 'word', text: path, at };
    return { kind: 'compare', operator: as, left, right, at };
  };
  const simple = plain[operator];
  if (simple) return comparison(simple, scalarOf(value, operator, place));
  if (operator === 'exists') return comparison(isTrue(value, place) ? 'ne' : 'eq', nothing(at));
  const list = listOf(value, operator, place);
  if (operator === 'near') return comparison('near', list);
  const held = comparison('has', list);
  return operator === 'nin' ? { kind: 'not', item: held } : held;
}

const nothing = (at: number): Literal => ({ kind: 'literal', value: null, text: 'null', at });

function isTrue(value: unknown, { key }: Place): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw badFilter(key, '"exists" takes true or false.');
}

/** A list, or a text of values between commas. */
function listOf(value: unknown, operator: string, place: Place): ListOperand {
  const values = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(',')
      : [value];
  if (values.length > MAX_LIST_ITEMS)
    throw badFilter(place.key, `"${operator}" takes at most ${MAX_LIST_ITEMS} values.`);
  const items = values.map((each) => scalarOf(each, operator, place));
  return { kind: 'list', items, at: place.at };
}

/** Text is typed by the field: over REST there is nothing else. */
function scalarOf(value: unknown, operator: string, { at, key }: Place): Word | Literal {
  if (typeof value === 'string') {
    if (!isSoundText(value))
      throw badFilter(key, `The value of "${key}" holds characters that cannot be stored.`);
    return { kind: 'word', text: value, at };
  }
  const isScalar = value === null || typeof value === 'number' || typeof value === 'boolean';
  if (isScalar) return { kind: 'literal', value, text: String(value), at };
  throw badFilter(key, `"${operator}" takes a text, a number, true, false or null.`);
}
