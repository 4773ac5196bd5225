import { type Condition, not } from './condition.ts';
import { ExpressionError } from './expression-error.ts';
import { inWords, takes } from './kinds.ts';
import {
  asValue,
  type Found,
  type Resolved,
  resolveOperand,
  type Value,
} from './resolve-operand.ts';
import type { Scope } from './scope.ts';
import { isNear } from './is-near.ts';
import { meansNull } from './read-literal.ts';
import { contains, equals, hasValue, isOrdered, isPresent } from './tests.ts';
import type { Comparison, Operator, Word } from './tree.ts';

/**
 * Checks one comparison and says what it means as tests that null fails. Negative operators are the
 * exact complement of the positive ones, so null is a value that they match.
 */
export function checkComparison(scope: Scope, found: Found, compared: Comparison): Condition {
  const { operator } = compared;
  if (operator === 'ne') return not(checkPositive(scope, found, compared, 'eq'));
  if (operator === 'not_contains') return not(checkPositive(scope, found, compared, 'contains'));
  return checkPositive(scope, found, compared, operator);
}

type Positive = Exclude<Operator, 'ne' | 'not_contains'>;

function checkPositive(
  scope: Scope,
  found: Found,
  compared: Comparison,
  operator: Positive,
): Condition {
  const { at } = compared;
  const { left, right, turned } = arrange(scope, found, compared, operator);
  if (isNullFor(left, right)) return comparedWithNull(left, operator, at);
  if (!takes(left.kind, turned)) throw unfit(left, turned, at);
  switch (turned) {
    case 'eq':
      return equals(left, right);
    case 'has':
      return hasValue(left, right);
    case 'near':
      return isNear(left, right);
    case 'contains':
    case 'starts_with':
    case 'ends_with':
      return contains(left, right, turned);
    default:
      return isOrdered(left, right, turned);
  }
}

const mirrored: Readonly<Partial<Record<Operator, Positive>>> = {
  eq: 'eq',
  has: 'has',
  gt: 'lt',
  gte: 'lte',
  lt: 'gt',
  lte: 'gte',
};

/** What changes with the row stands on the left. */
const ranks = { column: 5, sent: 4, request: 3, moment: 2, literal: 1, list: 0 } as const;
const rankOf = (operand: Resolved): number => (isNull(operand) ? -1 : ranks[operand.is]);

interface Arranged {
  readonly left: Value;
  readonly right: Resolved;
  readonly turned: Positive;
}

function arrange(
  scope: Scope,
  found: Found,
  { left, right, at }: Comparison,
  operator: Positive,
): Arranged {
  const first = resolveOperand(scope, found, left, true);
  // Right of a field, a word is a text; right of anything else, it is a field.
  const second =
    left.kind === 'word' || right.kind !== 'word'
      ? resolveOperand(scope, found, right, false)
      : resolveRightPath(scope, found, right);
  if (rankOf(second) <= rankOf(first))
    return { left: valueOf(first), right: second, turned: operator };
  const turned = mirrored[operator];
  if (!turned) throw new ExpressionError(at, 'the text that is looked into stands on the left.');
  return { left: valueOf(second), right: first, turned };
}

function resolveRightPath(scope: Scope, found: Found, word: Word): Resolved {
  try {
    return resolveOperand(scope, found, word, true);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const hint = `${error.message.slice(0, -1)}; put it in quotes if a text is meant.`;
    throw new ExpressionError(error.position, hint);
  }
}

const isValue = (operand: Resolved): operand is Value => 'links' in operand;

const valueOf = (operand: Resolved): Value => (isValue(operand) ? operand : asValue(operand));

const isNull = (operand: Resolved): boolean =>
  operand.is === 'literal' && operand.literal.kind === 'literal' && operand.literal.value === null;

const isNullFor = ({ kind }: Value, operand: Resolved): boolean =>
  operand.is === 'literal' && meansNull(kind, operand.literal);

function comparedWithNull(left: Value, operator: Operator, at: number): Condition {
  if (operator !== 'eq')
    throw new ExpressionError(at, 'null has no order and no parts; use = null or != null.');
  return not(isPresent(left));
}

function unfit({ kind, name }: Value, operator: Operator, at: number): ExpressionError {
  if (kind === 'list')
    return new ExpressionError(
      at,
      `${name} is a list; use ?= (has, any), or compare it with null.`,
    );
  if (operator === 'near') return new ExpressionError(at, `${name} is ${inWords(kind)}, no place.`);
  if (kind === 'place')
    return new ExpressionError(at, `${name} is a place; use near, or compare it with null.`);
  if (kind === 'opaque')
    return new ExpressionError(at, `${name} can only be compared with null, by = or !=.`);
  const word = operator.startsWith('g') || operator.startsWith('l') ? 'has no order' : 'is no text';
  return new ExpressionError(at, `${name} is ${inWords(kind)}, which ${word}; use = or !=.`);
}
