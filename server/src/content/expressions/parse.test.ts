import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ExpressionError } from './expression-error.ts';
import { MAX_DEPTH, MAX_LENGTH, MAX_NODES } from './limits.ts';
import { parseExpression } from './parse.ts';
import type { Expression, Operand } from './tree.ts';

const shown = (operand: Operand): unknown => {
  if (operand.kind === 'word') return `<${operand.text}>`;
  if (operand.kind === 'literal') return operand.value;
  if (operand.kind === 'list') return operand.items.map(shown);
  return operand.kind === 'moment' ? [operand.name, operand.amount] : operand.path.join('.');
};
const tree = (expression: Expression): unknown => {
  if (expression.kind === 'not') return ['not', tree(expression.item)];
  if (expression.kind === 'compare')
    return [expression.operator, shown(expression.left), shown(expression.right)];
  return [expression.kind, ...expression.items.map(tree)];
};
const refusal = (source: string) => {
  try {
    return tree(parseExpression(source));
  } catch (error) {
    if (error instanceof ExpressionError) return `${error.position} ${error.message}`;
    throw error;
  }
};

it.each([
  ['a=1', ['eq', '<a>', 1]],
  [
    'status=published&&featured=true',
    ['and', ['eq', '<status>', '<published>'], ['eq', '<featured>', true]],
  ],
  ['a=1||b=2&&c=3', ['or', ['eq', '<a>', 1], ['and', ['eq', '<b>', 2], ['eq', '<c>', 3]]]],
  ['!(a=1||b!=2)', ['not', ['or', ['eq', '<a>', 1], ['ne', '<b>', 2]]]],
  ['!a~x', ['not', ['contains', '<a>', '<x>']]],
  ['a !~ "x" && b >= -1.5e3', ['and', ['not_contains', '<a>', 'x'], ['gte', '<b>', -1500]]],
  [`a = 'it\\'s' && b = "\\"\\\\\\n"`, ['and', ['eq', '<a>', "it's"], ['eq', '<b>', '"\\\n']]],
  ['tags ?= [red, "b c", 3, null]', ['has', '<tags>', ['<red>', 'b c', 3, null]]],
  ['day > 2024-01-31', ['gt', '<day>', '<2024-01-31>']],
  ['mail = ann@example.com', ['eq', '<mail>', '<ann@example.com>']],
  ['author.company.name = Größe', ['eq', '<author.company.name>', '<Größe>']],
  ['at<@day+7&&at>=@month-1', ['and', ['lt', '<at>', ['day', 7]], ['gte', '<at>', ['month', -1]]]],
  ['@request.auth.id != ""', ['ne', 'auth.id', '']],
])('%s', (source, expected) => {
  expect(tree(parseExpression(source))).toEqual(expected);
});

it.each([
  ['', '0 expected a field, a value, "(" or "!" instead of the end.'],
  ['a', '1 expected one of = != > >= < <= ~ !~ ?= instead of the end.'],
  ['a =', '3 expected a value instead of the end.'],
  ['a = 1 b', '6 expected "&&", "||" or the end instead of "b".'],
  ['(a = 1', '6 expected "&&", "||" or ")" instead of the end.'],
  ['a = 1 & b = 2', '6 expected "&&".'],
  ['a = [1 2]', '7 expected "," or "]" instead of "2".'],
  ['a = "x', '4 this text has no end; expected ".'],
  ['a = `x`', '4 unexpected "`"; put texts in quotes.'],
  ['a = \u0000', '4 unexpected character U+0000; put texts in quotes.'],
  ['a = @nw', expect.stringMatching(/^4 there is no "@nw"; expected @request/)],
  ['@request.auth.key = 1', expect.stringMatching(/^0 expected @request\.auth\.id/)],
])('%j is refused with the place and what was expected', (source, expected) => {
  expect(refusal(source)).toEqual(expected);
});

it('is bounded in length, depth and size', () => {
  const deep = (levels: number) => `${'('.repeat(levels)}a=1${')'.repeat(levels)}`;
  expect(refusal(deep(MAX_DEPTH))).toEqual(['eq', '<a>', 1]);
  expect(refusal(deep(MAX_DEPTH + 1))).toMatch(/nested deeper than 32/);
  expect(refusal('!'.repeat(1900))).toMatch(/nested deeper than 32/);
  expect(refusal(Array.from({ length: MAX_NODES }, () => 'a=1').join('||'))).toMatch(
    /more than 200/,
  );
  expect(refusal(`a ?= [${'1,'.repeat(100)}1]`)).toMatch(/at most 100 items/);
  expect(refusal(' '.repeat(MAX_LENGTH + 1))).toMatch(/at most 2000 characters/);
  expect(refusal('a = 1e999')).toMatch(/too large/);
});

it('gives a tree or an error with a place, whatever it reads', () => {
  const words = [
    'a',
    'author.name',
    '1',
    '"x"',
    "'",
    '"',
    '\\',
    '(',
    ')',
    '[',
    ']',
    ',',
    '!',
    '=',
    '!=',
  ]
    .concat([
      '>',
      '>=',
      '~',
      '!~',
      '?=',
      '&&',
      '||',
      '&',
      '|',
      '@now',
      '@day+7',
      '@request.auth.id',
      '@',
    ])
    .concat([' ', '\u0000', '\ud800', 'ä', '日', 'null', 'true', '--', ';', '$1', '%']);
  const source = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((parts) => parts.join('')),
    fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((parts) => parts.join(' ')),
  );
  let trees = 0;
  fc.assert(
    fc.property(source, (text) => {
      try {
        parseExpression(text);
        trees += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(ExpressionError);
        const { position } = error as ExpressionError;
        expect(position >= 0 && position <= text.length).toBe(true);
      }
    }),
    { numRuns: 20_000 },
  );
  expect(trees).toBeGreaterThan(0);
});
