import { all, any, type Asks, type Condition, not, type Test } from './condition.ts';
import { ExpressionError } from './expression-error.ts';
import { type Fragment, type Slot, sql } from './fragment.ts';
import { castOf, isText } from './kinds.ts';
import { MAX_LENGTH } from './limits.ts';
import { givenSlot, parameterOf } from './parameter-of.ts';
import { meansNull } from './read-literal.ts';
import type { Resolved, Value } from './resolve-operand.ts';
import type { Scalar } from './tree.ts';
import { wordsQuery } from './words.ts';

export const test = (
  { links, value }: Value,
  holds: Fragment,
  fails: Fragment = sql`(${holds}) is not true`,
  asks?: Asks,
): Test => ({ kind: 'test', links, value, holds, fails, asks });

const asked = (
  { column, kind }: Value,
  is: Asks['is'],
  slots: readonly Slot[] = [],
): Asks | undefined => (column === undefined ? undefined : { column, kind, is, slots });

/** Null and absent are the same, through relations too: nothing at the end of a path is null. */
export const isPresent = (value: Value): Condition =>
  test(value, sql`${value.text} is not null`, sql`${value.text} is null`, asked(value, 'present'));

/** Equal values; two that are both null are equal. */
export function equals(left: Value, right: Resolved): Condition {
  const parameter = parameterOf(left, right);
  const equal = test(
    left,
    sql`${left.value} = ${parameter}`,
    sql`${left.value} is distinct from ${parameter}`,
    right.is === 'sent' ? undefined : asked(left, '=', [givenSlot(left, right)]),
  );
  // Of what can stand on the right, only sent data may be null.
  if (right.is !== 'sent') return equal;
  return any(equal, all(not(isPresent(left)), not(isPresent(right))));
}

const orders = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** A comparison by order; nothing is before or after null. */
export const isOrdered = (left: Value, right: Resolved, operator: keyof typeof orders): Condition =>
  test(
    left,
    sql`${left.value} ${orders[operator]} ${parameterOf(left, right)}`,
    undefined,
    right.is === 'sent' ? undefined : asked(left, orders[operator], [givenSlot(left, right)]),
  );

const patterns = {
  contains: (text: string) => `%${text}%`,
  starts_with: (text: string) => `${text}%`,
  ends_with: (text: string) => `%${text}`,
} as const;

/** A text within a text, whatever its case. */
export function contains(left: Value, right: Resolved, operator: keyof typeof patterns): Condition {
  const slot = partSlot(right);
  const pattern: Slot = (request) =>
    patterns[operator](String(slot(request)).replaceAll(/[\\%_]/g, '\\$&'));
  return test(left, sql`(${left.text} collate "und-x-icu") ilike ${pattern}::text`);
}

/** A text that has all the words of another, whatever their case and accents. */
export function hasWords(left: Value, right: Resolved): Condition {
  const slot = partSlot(right);
  const words: Slot = (request) => wordsQuery(String(slot(request)));
  return test(
    left,
    sql`to_tsvector('cms_search', cms_words(${left.text})) @@ to_tsquery('cms_search', ${words}::text)`,
  );
}

/** A text that is looked for in others, which takes the longer the longer it is. */
function partSlot(right: Resolved): Slot {
  if (right.is === 'literal' && right.literal.text.length > MAX_LENGTH)
    throw new ExpressionError(
      right.at,
      `a text to look for may have at most ${MAX_LENGTH} characters.`,
    );
  return textSlot(right);
}

function textSlot(right: Resolved): Slot {
  if (right.is === 'request') return right.slot;
  if (right.is === 'literal') return () => right.literal.text;
  throw new ExpressionError(right.at, 'expected a text in quotes or @request.auth.….');
}

/** A list that holds a value or one of several; a value that is one of several. */
export function hasValue(left: Value, right: Resolved): Condition {
  if (left.kind === 'list')
    return right.is === 'list'
      ? any(...right.items.map((item) => holdsItem(left, itemOf(item))))
      : holdsItem(left, right);
  return right.is === 'list' ? isOneOf(left, right.items) : equals(left, right);
}

function holdsItem(left: Value, right: Resolved): Condition {
  if (right.is === 'sent' && isText(right.kind))
    return test(left, sql`${left.value} @> jsonb_build_array(${right.text})`);
  const slot = textSlot(right);
  const item: Slot = (request) => JSON.stringify([slot(request)]);
  return test(left, sql`${left.value} @> ${item}::jsonb`, undefined, asked(left, '=', [slot]));
}

function isOneOf(left: Value, items: readonly Scalar[]): Condition {
  const values = items.filter((item) => !isNullItem(left, item));
  const slots = values.map((item) => givenSlot(left, itemOf(item)));
  const several: Slot = (request) => slots.map((slot) => slot(request));
  const one = test(
    left,
    sql`${left.value} = any(${several}::${castOf(left.kind)}[])`,
    undefined,
    asked(left, '=', slots),
  );
  return values.length < items.length ? any(one, not(isPresent(left))) : one;
}

const isNullItem = ({ kind }: Value, item: Scalar): boolean =>
  (item.kind === 'literal' || item.kind === 'word') && meansNull(kind, item);

function itemOf(item: Scalar): Resolved {
  const { at } = item;
  if (item.kind === 'word' || item.kind === 'literal') return { is: 'literal', at, literal: item };
  if (item.kind === 'moment') return { is: 'moment', at, name: `@${item.name}`, moment: item };
  throw new ExpressionError(at, 'a list holds values; compare with @request.… by "||".');
}
