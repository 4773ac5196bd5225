import { ExpressionError } from './expression-error.ts';
import { isNumber } from './is-number.ts';
import { lex, type Symbol, type Token } from './lex.ts';
import { MAX_DEPTH, MAX_LIST_ITEMS, MAX_NODES } from './limits.ts';
import { parseMacro } from './parse-macro.ts';
import type { Expression, ListOperand, Literal, Operand, Operator, Scalar } from './tree.ts';

const comparisons: ReadonlyMap<string, Operator> = new Map([
  ['=', 'eq'],
  ['!=', 'ne'],
  ['>', 'gt'],
  ['>=', 'gte'],
  ['<', 'lt'],
  ['<=', 'lte'],
  ['~', 'contains'],
  ['!~', 'not_contains'],
  ['?=', 'has'],
]);

/**
 * Reads an expression into the filter tree. Its length, depth and size are bounded, so that its cost
 * is. `start` is what its first character counts as. Throws an ExpressionError that says where it went
 * wrong and what was expected there.
 */
export const parseExpression = (source: string, start = 0): Expression =>
  new Parser(lex(source, start)).whole();

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #nodes = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#chain('||');
    if (this.#token.kind !== 'end') throw this.#expected('"&&", "||" or the end');
    return expression;
  }

  get #token(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #take(symbol: Symbol): boolean {
    const { kind, text } = this.#token;
    if (kind !== 'symbol' || text !== symbol) return false;
    this.#next += 1;
    return true;
  }

  /** `a || b || c` of `a && b && c` of units: `&&` binds closer. */
  #chain(symbol: '||' | '&&'): Expression {
    const item = () => (symbol === '||' ? this.#chain('&&') : this.#unit());
    const items = [item()];
    while (this.#take(symbol)) {
      this.#count();
      items.push(item());
    }
    if (items.length === 1) return items[0] as Expression;
    return { kind: symbol === '||' ? 'or' : 'and', items };
  }

  #unit(): Expression {
    if (this.#take('!')) return this.#nested(() => ({ kind: 'not', item: this.#unit() }));
    if (!this.#take('(')) return this.#comparison();
    return this.#nested(() => {
      const inner = this.#chain('||');
      if (!this.#take(')')) throw this.#expected('"&&", "||" or ")"');
      return inner;
    });
  }

  #nested(read: () => Expression): Expression {
    this.#count();
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH)
      throw new ExpressionError(this.#token.at, `nested deeper than ${MAX_DEPTH} levels.`);
    const inner = read();
    this.#depth -= 1;
    return inner;
  }

  #comparison(): Expression {
    this.#count();
    const left = this.#operand('a field, a value, "(" or "!"');
    const { kind, text, at } = this.#token;
    const operator = kind === 'symbol' ? comparisons.get(text) : undefined;
    if (!operator) throw this.#expected(`one of ${[...comparisons.keys()].join(' ')}`);
    this.#next += 1;
    return { kind: 'compare', operator, left, right: this.#operand('a value'), at };
  }

  #operand(wanted: string): Operand {
    const { at } = this.#token;
    return this.#take('[') ? this.#list(at) : this.#scalar(wanted);
  }

  #list(at: number): ListOperand {
    const items: Scalar[] = [];
    while (!this.#take(']')) {
      if (items.length > 0 && !this.#take(',')) throw this.#expected('"," or "]"');
      if (items.length === MAX_LIST_ITEMS)
        throw new ExpressionError(this.#token.at, `a list holds at most ${MAX_LIST_ITEMS} items.`);
      // A list is one parameter however long it is; its items have a limit of their own.
      items.push(this.#value('a value'));
    }
    this.#count();
    return { kind: 'list', items, at };
  }

  #scalar(wanted: string): Scalar {
    this.#count();
    return this.#value(wanted);
  }

  #value(wanted: string): Scalar {
    const token = this.#token;
    const { kind, text, at } = token;
    if (kind === 'symbol' || kind === 'end') throw this.#expected(wanted);
    this.#next += 1;
    if (kind === 'text') return { kind: 'literal', value: text, text, at };
    return kind === 'macro' ? parseMacro(text, at) : wordOrLiteral(text, at);
  }

  #count(): void {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES)
      throw new ExpressionError(this.#token.at, `more than ${MAX_NODES} parts in one expression.`);
  }

  #expected(wanted: string): ExpressionError {
    const { kind, text, at } = this.#token;
    const found = kind === 'end' ? 'the end' : `"${text}"`;
    return new ExpressionError(at, `expected ${wanted} instead of ${found}.`);
  }
}

const named: ReadonlyMap<string, Literal['value']> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
] as const);

function wordOrLiteral(text: string, at: number): Scalar {
  const value = named.get(text);
  if (value !== undefined) return { kind: 'literal', value, text, at };
  if (!isNumber(text)) return { kind: 'word', text, at };
  if (!Number.isFinite(Number(text))) throw new ExpressionError(at, 'this number is too large.');
  return { kind: 'literal', value: Number(text), text, at };
}
