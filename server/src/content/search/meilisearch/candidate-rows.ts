import { openRows } from '../../entries/read.ts';
import { type Fragment, joined, sql } from '../../expressions/index.ts';
import type { SearchTarget } from '../engine.ts';
import { sumOf } from '../read-query.ts';
import type { Candidate } from './find-candidates.ts';

/**
 * Those of the candidates that are open to the caller and meet the conditions as they are now, as
 * `entry_id` and `score`. Undefined where there are none.
 */
export function candidateRows(
  { ctx, conditions, boosts }: SearchTarget,
  candidates: readonly Candidate[],
): Fragment | undefined {
  if (candidates.length === 0) return undefined;
  const { table } = ctx.collection.statements;
  const ids = candidates.map(({ id }) => id);
  const scores = candidates.map(({ score }) => score);
  const where = joined(
    [openRows(ctx, undefined), ...conditions.map(({ fragment }) => fragment)],
    ' and ',
  );
  return sql`select ${table}.entry_id, candidate.score + ${sumOf(boosts)} as score from unnest(${() => ids}::text[], ${() => scores}::float8[]) as candidate(id, score) join ${table} on ${table}.entry_id = candidate.id where ${where}`;
}
