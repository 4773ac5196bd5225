import {
  type Expression,
  ExpressionError,
  MAX_DEPTH,
  parseExpression,
} from '../expressions/index.ts';
import { isObject } from '../fields/types/plain-object.ts';
import { badFilter } from './filter-error.ts';
import { readClause } from './read-clause.ts';
import { SourceMap } from './source-map.ts';

/** The most comparisons in one filter. */
export const MAX_COMPARISONS = 100;

/** A filter as the one tree, and where its parts came from. */
export interface ReadFilter {
  readonly tree: Expression;
  readonly sources: SourceMap;
}

/**
 * Reads a filter, however it is spelled: an expression, or fields with values or operators, joined by
 * `_and`, `_or` and `_not`, which no field can be called. All in one object must hold. Texts are typed
 * by their fields later. Throws INVALID_INPUT that names the key, or the character of an expression.
 */
export function readFilter(filter: unknown): ReadFilter {
  const reader = new FilterReader();
  return { tree: reader.read(filter, 'filter', 0), sources: reader.sources };
}

/** Reads the filters of one request: their comparisons are counted together. */
export class FilterReader {
  readonly sources = new SourceMap();
  #comparisons = 0;

  read(filter: unknown, key: string, depth: number): Expression {
    if (depth > MAX_DEPTH) throw badFilter(key, `Filters nest at most ${MAX_DEPTH} levels deep.`);
    if (typeof filter === 'string') return this.#expression(filter, key);
    if (!isObject(filter)) throw badFilter(key, 'Give an object of fields, or an expression.');
    const items = Object.entries(filter).flatMap(([name, value]): readonly Expression[] => {
      if (name === '_and' || name === '_or') return [this.#group(name, value, key, depth)];
      if (name === '_not')
        return [{ kind: 'not', item: this.read(value, inner(key, name), depth + 1) }];
      const at = this.sources.add(inner(key, name), name.length, false);
      return this.#counted(readClause(name, value, { at, key: inner(key, name) }));
    });
    if (items.length === 0) this.#count(1);
    return items.length === 1 ? (items[0] as Expression) : { kind: 'and', items };
  }

  #group(name: '_and' | '_or', value: unknown, key: string, depth: number): Expression {
    if (!Array.isArray(value)) throw badFilter(inner(key, name), `"${name}" takes a list.`);
    if (value.length > MAX_COMPARISONS) throw tooMany(inner(key, name));
    if (value.length === 0) this.#count(1);
    const items = value.map((each, index) =>
      this.read(each, inner(key, name === '_and' ? '' : `${name}.${index}`), depth + 1),
    );
    return { kind: name === '_and' ? 'and' : 'or', items };
  }

  #expression(text: string, key: string): Expression {
    const start = this.sources.add(key, text.length, true);
    try {
      const tree = parseExpression(text, start);
      this.#counted(comparisonsOf(tree));
      return tree;
    } catch (error) {
      throw error instanceof ExpressionError ? this.sources.refusal(error) : error;
    }
  }

  #counted(comparisons: readonly Expression[]): readonly Expression[] {
    this.#count(comparisons.length);
    return comparisons;
  }

  /** What asks for nothing counts too, or a filter of nothing else would be endless. */
  #count(comparisons: number): void {
    this.#comparisons += comparisons;
    if (this.#comparisons > MAX_COMPARISONS) throw tooMany('filter');
  }
}

/** True for a filter that asks for nothing, or a part of which does: who writes by it has to say more. */
export const asksNothing = (tree: Expression): boolean => {
  if (tree.kind === 'compare') return false;
  if (tree.kind === 'not') return asksNothing(tree.item);
  return tree.items.length === 0 || tree.items.some(asksNothing);
};

const tooMany = (key: string) =>
  badFilter(key, `A filter holds at most ${MAX_COMPARISONS} comparisons.`);

/** The key of a part: its own name at the top, a dotted path below. */
const inner = (key: string, name: string): string => {
  if (name === '') return key;
  return key === 'filter' ? name : `${key}.${name}`;
};

function comparisonsOf(tree: Expression): readonly Expression[] {
  if (tree.kind === 'compare') return [tree];
  return tree.kind === 'not' ? comparisonsOf(tree.item) : tree.items.flatMap(comparisonsOf);
}
