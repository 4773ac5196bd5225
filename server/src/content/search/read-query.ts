import type { SearchQuery } from '@cms/contracts';
import type { CollectionCtx } from '../context.ts';
import {
  type Fragment,
  joined,
  type RequestValues,
  type Scope,
  sql,
} from '../expressions/index.ts';
import { compileRead } from '../filters/compile-filter.ts';
import { FilterReader } from '../filters/read-filter.ts';
import { type BoundCondition, requestOf } from '../policy/bound-rule.ts';
import { plainClause } from './plain-clause.ts';
import { badSearch } from './search-text.ts';

/** The most clauses of one query. */
export const MAX_CLAUSES = 50;

/** A query of clauses: what must hold, and what counts for the score beside. */
export interface CompiledQuery {
  readonly conditions: BoundCondition[];
  readonly boosts: readonly Fragment[];
}

/**
 * Reads `{"must":[…],"should":[…],"must_not":[…]}` (document S0). Without `must`, one of `should` has to
 * hold; with it they only rank; `minimum_should_match` says otherwise. Throws INVALID_INPUT that names
 * the clause.
 */
export function compileQuery(ctx: CollectionCtx, scope: Scope, query: SearchQuery): CompiledQuery {
  const reader = new FilterReader();
  const count = [query.must, query.should, query.must_not].flatMap((list) => list ?? []).length;
  if (count > MAX_CLAUSES) throw badSearch('query', `A query has at most ${MAX_CLAUSES} clauses.`);
  const compiled = (part: 'must' | 'should' | 'must_not'): BoundCondition[] =>
    [query[part] ?? []].flat().map((clause, index) => {
      const key = `query.${part}.${index}`;
      const item = reader.read(plainClause(scope, clause, key), key, 0);
      const tree = part === 'must_not' ? ({ kind: 'not', item } as const) : item;
      return compileRead(ctx, scope, { tree, sources: reader.sources });
    });
  const [must, without, should] = [compiled('must'), compiled('must_not'), compiled('should')];
  const least = query.minimum_should_match ?? (must.length === 0 && should.length > 0 ? 1 : 0);
  const conditions = [...must, ...without];
  if (least > 0) conditions.push(atLeast(least, should, requestOf(ctx)));
  return { conditions, boosts: should.map(({ fragment }) => fragment) };
}

function atLeast(
  least: number,
  clauses: readonly BoundCondition[],
  request: RequestValues,
): BoundCondition {
  const fragments = clauses.map(({ fragment }) => fragment);
  if (least === 1 && clauses.length > 0) {
    const condition = { kind: 'any', items: clauses.map((each) => each.condition) } as const;
    return { condition, request, fragment: sql`(${joined(fragments, ' or ')})` };
  }
  const holds = sql`${sumOf(fragments)} >= ${() => least}::int`;
  const condition = {
    kind: 'test',
    links: [],
    value: [],
    holds,
    fails: sql`not (${holds})`,
  } as const;
  return { condition, request, fragment: holds };
}

/** How many of some conditions hold. */
export const sumOf = (conditions: readonly Fragment[]): Fragment => {
  if (conditions.length === 0) return ['0'];
  const each = conditions.map((condition) => sql`case when ${condition} then 1 else 0 end`);
  return sql`(${joined(each, ' + ')})`;
};
