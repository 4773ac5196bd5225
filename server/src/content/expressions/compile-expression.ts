import { checkExpression } from './check-expression.ts';
import type { Condition, Test } from './condition.ts';
import { type Fragment, joined, sent, sql } from './fragment.ts';
import { parseExpression } from './parse.ts';
import type { RequestValues } from './request-values.ts';
import type { Found } from './resolve-operand.ts';
import type { Scope } from './scope.ts';
import { sentText } from './sent-values.ts';
import type { Expression } from './tree.ts';

/** An expression as one SQL predicate over a partition's row; it holds where it is true. */
export interface Predicate {
  /** True where it asks for `@request.data`. */
  readonly asksSent: boolean;
  readonly condition: Condition;
  /** The SQL as it is put together with more; the row is addressed by the partition's name. */
  readonly fragment: Fragment;
  /** Values of the row, as SQL, that are never null where it holds. */
  readonly present: ReadonlySet<string>;
  /** What its names mean and, by id, the other collections that it looks into. */
  readonly meaning: readonly string[];
  readonly reached: ReadonlySet<string>;
  /**
   * The SQL, with parameters numbered from `first`. It addresses the row by the partition's name.
   * `@request.data` is a parameter too, the first, unless the row has it in a column.
   */
  where(first: number, sentColumn?: string): string;
  /** The parameters, without the sent data. */
  values(request: RequestValues): unknown[];
  /** The JSON text that stands for `@request.data`. */
  sent(data: Readonly<Record<string, unknown>>): string;
}

/** Compiles an expression for a collection, once. Throws an ExpressionError. */
export const compileExpression = (source: string, scope: Scope): Predicate =>
  compileTree(parseExpression(source), scope);

/** Compiles a filter tree, however it was spelled. Throws an ExpressionError. */
export function compileTree(tree: Expression, scope: Scope): Predicate {
  const found: Found = { meaning: [], reached: new Set(), sent: new Map() };
  const condition = checkExpression(scope, found, tree);
  const fragment = render(condition, true);
  const slots = fragment.filter((part) => typeof part === 'function');
  const known = new Map<string, string>();
  const asksSent = found.sent.size > 0;
  return {
    asksSent,
    condition,
    fragment,
    present: new Set(presentIn(condition)),
    meaning: found.meaning,
    reached: found.reached,
    where: (first, sentColumn) => {
      const key = `${first} ${sentColumn ?? ''}`;
      const text = known.get(key) ?? textOf(fragment, first, asksSent, sentColumn);
      known.set(key, text);
      return text;
    },
    values: (request) => slots.map((slot) => slot(request)),
    sent: (data) => sentText(found.sent, data),
  };
}

/**
 * Negation is carried down to the tests, where it is exact: above them a null counts as false and
 * stays so, and a test that is not negated can use an index.
 */
function render(condition: Condition, positive: boolean): Fragment {
  if (condition.kind === 'not') return render(condition.item, !positive);
  if (condition.kind === 'test') return renderTest(condition, positive);
  const every = (condition.kind === 'all') === positive;
  if (condition.items.length === 0) return [every ? 'true' : 'false'];
  const items = condition.items.map((item) => render(item, positive));
  return sql`(${joined(items, every ? ' and ' : ' or ')})`;
}

/** Each of several conditions that must all hold has its value; of those that may, nothing is known. */
function presentIn(condition: Condition): readonly string[] {
  if (condition.kind === 'all') return condition.items.flatMap(presentIn);
  if (condition.kind !== 'test' || condition.links.length > 0) return [];
  const [only, ...more] = condition.value;
  return typeof only === 'string' && more.length === 0 ? [only] : [];
}

function renderTest({ links, holds, fails }: Test, positive: boolean): Fragment {
  if (links.length === 0) return positive ? holds : fails;
  const found = links.reduceRight<Fragment>(
    (inner, { table, alias, condition }) =>
      sql`exists (select 1 from ${table} as ${alias} where ${condition} and ${inner})`,
    holds,
  );
  return positive ? found : sql`not ${found}`;
}

function textOf(
  fragment: Fragment,
  first: number,
  asksSent: boolean,
  sentColumn: string | undefined,
): string {
  let next = asksSent && sentColumn === undefined ? first + 1 : first;
  const sentSql = sentColumn ?? `$${first}::jsonb`;
  return fragment
    .map((part) => {
      if (part === sent) return sentSql;
      if (typeof part === 'string') return part;
      next += 1;
      return `$${next - 1}`;
    })
    .join('');
}
