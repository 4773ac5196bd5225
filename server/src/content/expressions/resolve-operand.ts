import { ExpressionError } from './expression-error.ts';
import { type Fragment, sent, type Slot, sql } from './fragment.ts';
import type { Kind } from './kinds.ts';
import { momentOf } from './moment-of.ts';
import type { Link } from './links.ts';
import { columnSql, resolveColumn } from './resolve-column.ts';
import type { Scope } from './scope.ts';
import type { SentField } from './sent-values.ts';
import type { ListOperand, Literal, Moment, Operand, RequestPath, Word } from './tree.ts';

/** A value that stands in SQL as an expression of its own. */
export interface Value {
  readonly is: 'column' | 'sent';
  readonly kind: Kind;
  readonly name: string;
  readonly at: number;
  readonly links: readonly Link[];
  readonly value: Fragment;
  readonly text: Fragment;
  /** What it is a value of, where that is in the entry itself (see `Asks`). */
  readonly column?: string | undefined;
}

/** A value that is known before the row is. */
export type Given =
  | { readonly is: 'request'; readonly name: string; readonly at: number; readonly slot: Slot }
  | { readonly is: 'moment'; readonly name: string; readonly at: number; readonly moment: Moment }
  | { readonly is: 'literal'; readonly at: number; readonly literal: Literal | Word }
  | { readonly is: 'list'; readonly at: number; readonly items: ListOperand['items'] };

export type Resolved = Value | Given;

/** What checking an expression finds out beside the condition. */
export interface Found {
  /** What its names mean, in the order of the text. */
  readonly meaning: string[];
  /** Ids of the other collections that it looks into. */
  readonly reached: Set<string>;
  /** The fields that it asks for of `@request.data`, by name. */
  readonly sent: Map<string, SentField>;
}

/** Finds out what an operand is; a word is a path where `asPath` says so. Throws an ExpressionError. */
export function resolveOperand(
  scope: Scope,
  found: Found,
  operand: Operand,
  asPath: boolean,
): Resolved {
  const { at } = operand;
  switch (operand.kind) {
    case 'word':
      return asPath
        ? resolvePath(scope, found, operand)
        : { is: 'literal', at, literal: checkedWord(scope, operand) };
    case 'literal':
      return { is: 'literal', at, literal: operand };
    case 'list':
      return { is: 'list', at, items: operand.items };
    case 'moment':
      return { is: 'moment', at, name: `@${operand.name}`, moment: operand };
    case 'request':
      return resolveRequest(scope, found, operand);
  }
}

function resolvePath(scope: Scope, found: Found, { text, at }: Word): Value {
  if (scope.entry === false)
    throw new ExpressionError(
      at,
      `a field's rule may ask for @request.… alone, not for "${text}" of the entry.`,
    );
  const { kind, links, value, text: raw, meaning, reached } = resolveColumn(scope, text, at);
  found.meaning.push(meaning);
  for (const id of reached) found.reached.add(id);
  return {
    is: 'column',
    kind,
    name: `"${text}"`,
    at,
    links,
    value: [value],
    text: [raw],
    column: links.length === 0 ? meaning : undefined,
  };
}

/** In a rule, a word that names a field is likely meant as one: comparing fields is not possible. */
function checkedWord(scope: Scope, word: Word): Word {
  if (scope.strictWords && scope.collection.fields.some((field) => field.name === word.text))
    throw new ExpressionError(
      word.at,
      `"${word.text}" is a field too, and two fields cannot be compared; put it in quotes if the text is meant.`,
    );
  return word;
}

function resolveRequest(scope: Scope, found: Found, { path, at }: RequestPath): Resolved {
  if (!scope.request)
    throw new ExpressionError(at, '@request.… is for rules; a filter knows no request.');
  const [part, key = ''] = path;
  const name = `@request.${path.join('.')}`;
  if (part === 'method') return { is: 'request', at, name, slot: ({ method }) => method };
  if (part === 'auth') return { is: 'request', at, name, slot: authSlots[key] as Slot };
  return resolveSent(scope, found, key, at);
}

const authSlots: Readonly<Record<string, Slot>> = {
  id: ({ auth }) => auth.id,
  email: ({ auth }) => auth.email,
  role: ({ auth }) => auth.role,
};

/** The mark that stands for the parameter while SQL is made; no storage key holds an `@`. */
const mark = '@sent';

function resolveSent(scope: Scope, found: Found, name: string, at: number): Value {
  if (scope.sentData === false)
    throw new ExpressionError(at, 'a rule for reading knows no @request.data: nothing is sent.');
  const field = scope.collection.fields.find((each) => each.name === name);
  if (!field && name !== 'status')
    throw new ExpressionError(at, `there is no field "${name}" in "${scope.collection.name}".`);
  const { kind, value, text } = field
    ? columnSql(field, mark)
    : {
        kind: 'code' as const,
        text: `(${mark}->>'status')`,
        value: `((${mark}->>'status') collate "C")`,
      };
  found.meaning.push(field ? `sent.${field.id}` : 'sent.sys.status');
  found.sent.set(name, { key: field?.key ?? 'status', kind });
  return {
    is: 'sent',
    kind,
    name: `@request.data.${name}`,
    at,
    links: [],
    value: overSent(value),
    text: overSent(text),
  };
}

const overSent = (text: string): Fragment =>
  text.split(mark).flatMap((part, index) => (index === 0 ? [part] : [sent, part]));

/** The parameter of a moment that is compared with a kind of time. */
export const momentSlot =
  (moment: Moment, kind: Kind): Slot =>
  ({ now }) => {
    const text = momentOf(moment, now).toISOString();
    return kind === 'date' ? text.slice(0, 10) : text;
  };

/** A value that stands on the left though it is known before: as SQL, with a kind of its own. */
export function asValue(given: Given): Value {
  const { is, at } = given;
  if (is === 'list') throw new ExpressionError(at, 'expected a field or a value to look for.');
  if (is === 'literal') return literalValue(given.literal, at);
  const slot = is === 'request' ? given.slot : momentSlot(given.moment, 'datetime');
  const kind = is === 'request' ? 'code' : 'datetime';
  return constant(kind, given.name, at, sql`${slot}::text`, sql`(${slot}::text collate "C")`);
}

function literalValue(literal: Literal | Word, at: number): Value {
  const value = literal.kind === 'word' ? literal.text : literal.value;
  const name = `"${literal.text}"`;
  if (typeof value === 'number') {
    const number = sql`${() => String(value)}::numeric`;
    return constant('number', name, at, number, number);
  }
  if (typeof value === 'boolean') {
    const bool = sql`${() => value}::boolean`;
    return constant('boolean', name, at, bool, bool);
  }
  return constant(
    'code',
    name,
    at,
    sql`${() => value}::text`,
    sql`(${() => value}::text collate "C")`,
  );
}

const constant = (
  kind: Kind,
  name: string,
  at: number,
  text: Fragment,
  value: Fragment,
): Value => ({ is: 'column', kind, name, at, links: [], text, value });
