import { compileTree } from './compile-expression.ts';
import type { Kind } from './kinds.ts';
import { parseExpression } from './parse.ts';
import type { RequestValues } from './request-values.ts';
import { type Get, type Known, type Side, sideOf } from './request-side.ts';
import type { Scope } from './scope.ts';
import type { Comparison, Expression, Operator } from './tree.ts';

type Data = Readonly<Record<string, unknown>>;

/** A request, with what was sent. */
export interface Asked extends RequestValues {
  readonly data: Data;
}

/** Whether an expression holds for a request. */
export type RequestTest = (asked: Asked) => boolean;

/**
 * Compiles an expression that asks for the request alone to plain JavaScript, which means what its SQL
 * does: names and types are checked as those of any rule. Throws an ExpressionError.
 */
export function compileRequestTest(
  source: string,
  scope: Scope & { readonly entry: false },
): RequestTest {
  const tree = parseExpression(source);
  const { asksSent, sent } = compileTree(tree, scope);
  const holds = compile(tree, scope);
  return (asked) => {
    // What does not fit its field is null here, as it is in SQL.
    const seen = asksSent ? (JSON.parse(sent(asked.data)) as Data) : {};
    return holds({ ...asked, seen });
  };
}

type Test = (known: Known) => boolean;

function compile(expression: Expression, scope: Scope): Test {
  switch (expression.kind) {
    case 'and': {
      const items = expression.items.map((item) => compile(item, scope));
      return (known) => items.every((item) => item(known));
    }
    case 'or': {
      const items = expression.items.map((item) => compile(item, scope));
      return (known) => items.some((item) => item(known));
    }
    case 'not':
      return negated(compile(expression.item, scope));
    case 'compare':
      return compileComparison(expression, scope);
  }
}

const negated =
  (test: Test): Test =>
  (known) =>
    !test(known);

function compileComparison({ left, right, operator }: Comparison, scope: Scope): Test {
  const compare = (by: Operator) => compareSides(sideOf(scope, left), sideOf(scope, right), by);
  if (operator === 'ne') return negated(compare('eq'));
  return operator === 'not_contains' ? negated(compare('contains')) : compare(operator);
}

const mirrored: Readonly<Partial<Record<Operator, Operator>>> = {
  gt: 'lt',
  gte: 'lte',
  lt: 'gt',
  lte: 'gte',
};

/** As in SQL, what is known last stands on the left and decides the type. */
function compareSides(first: Side, second: Side, operator: Operator): Test {
  const turned = second.rank > first.rank;
  const [left, right] = turned ? [second, first] : [first, second];
  return holding(left, right, turned ? (mirrored[operator] ?? operator) : operator);
}

function holding(left: Side, right: Side, operator: Operator): Test {
  const { kind } = left;
  const of = left.as(kind);
  if (right.isNull) return (known) => of(known) === null;
  switch (operator) {
    case 'eq':
      return equal(of, right.as(kind));
    case 'has':
      return has(left, right);
    case 'contains':
    case 'starts_with':
    case 'ends_with':
      return within(of, right.text, operator);
    default:
      return ordered(of, right.as(kind), kind, operator as keyof typeof orders);
  }
}

/** Two that are both null are equal. */
const equal =
  (left: Get, right: Get): Test =>
  (known) =>
    left(known) === right(known);

const orders = {
  gt: (order: number) => order > 0,
  gte: (order: number) => order >= 0,
  lt: (order: number) => order < 0,
  lte: (order: number) => order <= 0,
};
const collator = new Intl.Collator('und');

function ordered(left: Get, right: Get, kind: Kind, operator: keyof typeof orders): Test {
  const passes = orders[operator];
  return (known) => {
    const [a, b] = [left(known), right(known)];
    return a !== null && b !== null && passes(compare(kind, a, b));
  };
}

/** Texts by the root collation, codes and times by their bytes. */
function compare(kind: Kind, a: unknown, b: unknown): number {
  if (kind === 'number') return Number(a) - Number(b);
  const bytes = Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
  return kind === 'text' ? collator.compare(String(a), String(b)) || bytes : bytes;
}

const ways = {
  contains: (text: string, part: string) => text.includes(part),
  starts_with: (text: string, part: string) => text.startsWith(part),
  ends_with: (text: string, part: string) => text.endsWith(part),
};

function within(left: Get, right: Get, operator: keyof typeof ways): Test {
  const passes = ways[operator];
  return (known) => {
    const text = left(known);
    return text !== null && passes(lower(text), lower(right(known)));
  };
}

const lower = (value: unknown): string => String(value).toLowerCase();

/** A list that holds a value or one of several; a value that is one of several. */
function has(left: Side, right: Side): Test {
  const { kind } = left;
  const of = left.as(kind);
  if (kind !== 'list') {
    const wanted = (right.items ?? [right]).map((item) => item.as(kind));
    return (known) => wanted.some((item) => item(known) === of(known));
  }
  const wanted = (right.items ?? [right]).map((item) => item.text);
  return (known) => {
    const list = of(known) as readonly unknown[] | null;
    return list !== null && wanted.some((item) => list.includes(item(known)));
  };
}
