import { ExpressionError } from './expression-error.ts';
import { MAX_LENGTH } from './limits.ts';

const symbols = [
  '&&',
  '||',
  '!=',
  '>=',
  '<=',
  '!~',
  '?=',
  '(',
  ')',
  '[',
  ']',
  ',',
  '!',
  '=',
  '>',
  '<',
  '~',
] as const;
export type Symbol = (typeof symbols)[number];

export type Token =
  | { readonly kind: 'symbol'; readonly text: Symbol; readonly at: number }
  | {
      readonly kind: 'text' | 'word' | 'macro' | 'end';
      readonly text: string;
      readonly at: number;
    };

const space = /[ \t\r\n]/;
/** Letters, digits and what addresses, dates and ids are made of. */
const word = /[\p{L}\p{M}\p{N}_.\-+:/@%#$*]+/uy;

const doubled: Readonly<Record<string, string>> = { '&': '&&', '|': '||' };

/** Cuts an expression into tokens; the last one is the end. Throws an ExpressionError. */
export function lex(source: string, start = 0): Token[] {
  try {
    const tokens = tokensOf(source);
    return start === 0 ? tokens : tokens.map((token) => ({ ...token, at: token.at + start }));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new ExpressionError(error.position + start, error.message);
  }
}

function tokensOf(source: string): Token[] {
  if (source.length > MAX_LENGTH)
    throw new ExpressionError(
      MAX_LENGTH,
      `an expression may have at most ${MAX_LENGTH} characters.`,
    );
  const tokens: Token[] = [];
  for (let at = 0; at < source.length;) {
    if (space.test(source.charAt(at))) at += 1;
    else {
      const [token, end] = tokenAt(source, at);
      tokens.push(token);
      at = end;
    }
  }
  tokens.push({ kind: 'end', text: '', at: source.length });
  return tokens;
}

function tokenAt(source: string, at: number): [Token, number] {
  const first = source.charAt(at);
  if (first === "'" || first === '"') return quoted(source, at);
  const symbol = symbols.find((each) => source.startsWith(each, at));
  if (symbol) return [{ kind: 'symbol', text: symbol, at }, at + symbol.length];
  if (doubled[first]) throw new ExpressionError(at, `expected "${doubled[first]}".`);
  word.lastIndex = at;
  const run = word.exec(source)?.[0];
  if (run === undefined)
    throw new ExpressionError(at, `unexpected ${named(source, at)}; put texts in quotes.`);
  const kind = first === '@' ? 'macro' : 'word';
  return [{ kind, text: run, at }, at + run.length];
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A text in quotes; a backslash takes the next character as it is, but \n, \r and \t. */
function quoted(source: string, at: number): [Token, number] {
  const quote = source.charAt(at);
  let text = '';
  for (let next = at + 1; next < source.length; next += 1) {
    const character = source.charAt(next);
    if (character === quote) {
      if (text.includes('\u0000') || !text.isWellFormed())
        throw new ExpressionError(at, 'this text holds characters that cannot be stored.');
      return [{ kind: 'text', text, at }, next + 1];
    }
    if (character === '\\') {
      next += 1;
      const escaped = source.charAt(next);
      text += escapes[escaped] ?? escaped;
    } else text += character;
  }
  throw new ExpressionError(at, `this text has no end; expected ${quote}.`);
}

function named(source: string, at: number): string {
  const code = source.codePointAt(at) ?? 0;
  if (code < 32 || code === 127 || (code >= 0xd800 && code < 0xe000))
    return `character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return `"${String.fromCodePoint(code)}"`;
}
