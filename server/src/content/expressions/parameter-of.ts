import { ExpressionError } from './expression-error.ts';
import { type Fragment, type Slot, sql } from './fragment.ts';
import { castOf, inWords, isText, isTime } from './kinds.ts';
import { parseMacro } from './parse-macro.ts';
import { readLiteral } from './read-literal.ts';
import { momentSlot, type Resolved, type Value } from './resolve-operand.ts';
import type { Literal, Moment, Word } from './tree.ts';

/** The right side of a comparison as SQL of the left side's type. Throws an ExpressionError where it differs. */
export function parameterOf(left: Value, right: Resolved): Fragment {
  const cast = castOf(left.kind);
  if (right.is !== 'sent') return sql`${givenSlot(left, right)}::${cast}`;
  if (right.kind !== left.kind && !(isText(left.kind) && isText(right.kind)))
    throw differ(left, right.name, inWords(right.kind), right.at);
  // Without the field's collation: two different ones could not be compared.
  return cast === 'text' ? right.text : sql`${right.text}::${cast}`;
}

/** The parameter for a value that is known before the row is, in the left side's type. */
export function givenSlot(left: Value, right: Resolved): Slot {
  switch (right.is) {
    case 'literal': {
      const moment = momentIn(left, right.literal);
      if (moment) return momentSlot(moment, left.kind);
      const parameter = readLiteral(left.kind, right.literal, left.name);
      return () => parameter;
    }
    case 'moment':
      if (!isTime(left.kind)) throw differ(left, right.name, 'a time', right.at);
      return momentSlot(right.moment, left.kind);
    case 'request':
      if (!isText(left.kind)) throw differ(left, right.name, 'a text', right.at);
      return right.slot;
    case 'list':
      throw new ExpressionError(right.at, 'a list is compared by ?=.');
    default:
      throw new ExpressionError(right.at, 'two fields cannot be compared.');
  }
}

/** A macro as the text of a query string, where a time is asked for. */
function momentIn({ kind }: Value, literal: Literal | Word): Moment | undefined {
  if (literal.kind !== 'word' || !isTime(kind) || !literal.text.startsWith('@')) return undefined;
  const macro = parseMacro(literal.text, literal.at);
  return macro.kind === 'moment' ? macro : undefined;
}

const differ = (left: Value, name: string, kind: string, at: number): ExpressionError =>
  new ExpressionError(at, `${left.name} is ${inWords(left.kind)}, ${name} is ${kind}.`);
