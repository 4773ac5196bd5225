import type { MeiliClient } from '../../../platform/search/meilisearch.ts';
import type { BoundCondition } from '../../policy/bound-rule.ts';
import type { SearchTarget } from '../engine.ts';
import type { SearchText } from '../search-text.ts';
import { type Breadth, listOf, searchedFields } from '../searched-fields.ts';
import { lineOf, MAX_CANDIDATES, wordsAttribute } from './index-shape.ts';
import type { LiveIndex } from './live-indexes.ts';
import { allOf, type Pushed, pushFilter } from './push-filter.ts';

/** An entry that has the words, as the index knows it. */
export interface Candidate {
  readonly id: string;
  /** How well it fits, from 0 to 1. */
  readonly score: number;
}

export interface Candidates {
  of(target: SearchTarget): readonly Candidate[];
}

interface Query {
  readonly target: SearchTarget;
  readonly pushed: Pushed;
  readonly query: object & { readonly indexUid: string };
}

/**
 * Asks the indexes of all targets at once. Undefined where there may be more than it is given, and the
 * filter is not all that decides: then others than these may be the best that the caller may see.
 */
export async function findCandidates(
  client: MeiliClient,
  live: ReadonlyMap<string, LiveIndex>,
  targets: readonly SearchTarget[],
  { text, breadth }: { readonly text: SearchText; readonly breadth: Breadth },
): Promise<Candidates | undefined> {
  const queries = targets.flatMap((target) => {
    const index = live.get(target.ctx.collection.id);
    return index ? (queryOf(target, index, text, breadth) ?? []) : [];
  });
  const found = new Map<SearchTarget, Candidate[]>();
  const candidates: Candidates = { of: (target) => found.get(target) ?? [] };
  if (queries.length === 0) return candidates;
  const { hits } = await client.multiSearch({
    federation: { limit: MAX_CANDIDATES },
    queries: queries.map(({ query }) => query),
  });
  const isPart = hits.length >= MAX_CANDIDATES;
  if (isPart && queries.some(({ pushed }) => !pushed.exact)) return undefined;
  for (const hit of hits) {
    const { queriesPosition = 0, weightedRankingScore = 0 } = hit._federation ?? {};
    const target = queries[queriesPosition]?.target;
    if (!target) continue;
    const own = found.get(target) ?? [];
    own.push({ id: String(hit['id']), score: weightedRankingScore });
    found.set(target, own);
  }
  return candidates;
}

/** What the index of a target is asked; undefined where the reader has no field to search in it. */
function queryOf(
  target: SearchTarget,
  index: LiveIndex,
  text: SearchText,
  breadth: Breadth,
): Query | undefined {
  const { ctx, scope } = target;
  const searched = listOf(searchedFields(scope, breadth)).filter((field) =>
    index.lines.has(lineOf(field)),
  );
  if (searched.length === 0) return undefined;
  const known = ctx.collection.fields.filter((field) => index.lines.has(lineOf(field)));
  const pushed = allOf([
    ...(ctx.publishedOnly ? [{ filter: 'status = published', exact: true }] : []),
    ...conditionsOf(target).map((condition) => pushFilter(condition, known)),
  ]);
  const query = {
    indexUid: index.uid,
    q: text.typed,
    matchingStrategy: 'all' as const,
    attributesToSearchOn: searched.map(wordsAttribute),
    attributesToRetrieve: ['id'],
    showRankingScore: true,
    ...(pushed.filter === null ? {} : { filter: pushed.filter }),
  };
  return { target, pushed, query };
}

/** What the caller asks, and the rule that decides what it sees. */
const conditionsOf = ({ ctx, conditions }: SearchTarget): readonly BoundCondition[] =>
  ctx.rule ? [...conditions, ctx.rule] : conditions;
