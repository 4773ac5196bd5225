import { isDate, toUtc } from '../fields/types/moment.ts';
import { ExpressionError } from './expression-error.ts';
import { isNumber } from './is-number.ts';
import { inWords, isText, type Kind } from './kinds.ts';
import type { Literal, Word } from './tree.ts';

/** A value as a parameter of its kind's type. */
export type Parameter = string | boolean;

/** A time or a day as each kind of time is stored, or undefined where it is none. */
export function timeText(kind: Kind, text: string): string | undefined {
  if (isDate(text)) return kind === 'date' ? text : `${text}T00:00:00.000Z`;
  const utc = toUtc(text);
  return kind === 'date' ? utc?.slice(0, 10) : utc;
}

/** A word as a value of a kind, where it is one. */
function typedBy(kind: Kind, text: string): string | number | boolean {
  if (kind === 'number' && isNumber(text)) return Number(text);
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** True for null; as a word it is null of all kinds but texts, which may read so. */
export const meansNull = (kind: Kind, literal: Literal | Word): boolean =>
  literal.kind === 'literal' ? literal.value === null : literal.text === 'null' && !isText(kind);

/**
 * Reads a value that is compared with a kind of field. Words without quotes are read by the kind;
 * texts in quotes are no numbers. Throws an ExpressionError that says what the field takes.
 */
export function readLiteral(kind: Kind, literal: Literal | Word, name: string): Parameter {
  const { text, at } = literal;
  const value = literal.kind === 'word' ? typedBy(kind, text) : literal.value;
  const wrong = (hint: string) =>
    new ExpressionError(at, `${name} is ${inWords(kind)}; ${hint} instead of "${text}".`);
  switch (kind) {
    case 'number':
      if (typeof value !== 'number') throw wrong('use a number without quotes');
      if (!Number.isFinite(value)) throw new ExpressionError(at, 'this number is too large.');
      return String(value);
    case 'boolean':
      if (typeof value !== 'boolean') throw wrong('use true or false');
      return value;
    case 'date':
    case 'datetime':
    case 'moment': {
      const time = typeof value === 'string' ? timeText(kind, value) : undefined;
      if (time === undefined) throw wrong('use 2024-01-31 or "2024-01-31T09:30:00Z"');
      return time;
    }
    default:
      return typeof value === 'string' ? value : text;
  }
}
