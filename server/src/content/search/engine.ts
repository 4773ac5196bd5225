import type { CollectionCtx } from '../context.ts';
import type { EntryRow } from '../entries/row.ts';
import type { Fragment, Scope } from '../expressions/index.ts';
import type { BoundCondition } from '../policy/bound-rule.ts';
import type { SearchText } from './search-text.ts';
import type { Breadth } from './searched-fields.ts';

/** One collection that is searched, as it is open to the caller. */
export interface SearchTarget {
  readonly ctx: CollectionCtx;
  readonly scope: Scope;
  /** What must hold beside the words. */
  readonly conditions: readonly BoundCondition[];
  /** What adds one to the score where it holds. */
  readonly boosts: readonly Fragment[];
}

/** How a search is to be answered. */
export interface SearchMode {
  /** True waits until the index holds every write that was committed before. */
  readonly wait?: boolean;
}

/** What is searched for, and which of the hits are wanted. */
export interface SearchRequest extends SearchMode {
  /** Null searches for no words: whatever meets the conditions is found. */
  readonly text: SearchText | null;
  readonly limit: number;
  readonly offset: number;
}

export interface SearchHit {
  readonly target: SearchTarget;
  readonly row: EntryRow;
  readonly score: number;
}

/** How the words of what was found may differ from those that were searched for. */
export interface Likeness {
  /** True where nothing has the words, and these have similar ones. */
  readonly similar: boolean;
  /** True where some of these may have the words with a typing error. */
  readonly typos: boolean;
}

export interface SearchResult extends Likeness {
  /** The best first; of equals, the newest. */
  readonly hits: readonly SearchHit[];
  /** All hits, up to the most that are ranked. */
  readonly total: number;
  /** Which entries of a target these are, as SQL over a row of its partition, where `matching` would not find them. */
  readonly otherwise?: ((target: SearchTarget) => Fragment | undefined) | undefined;
}

/** What entries of one collection have some words, as SQL over a row of its partition. */
export interface Matching {
  readonly condition: Fragment;
  readonly typos: boolean;
}

/** Words that are a condition of a list among others. */
export interface MatchRequest extends SearchMode {
  readonly text: SearchText | undefined;
  readonly breadth: Breadth;
}

/**
 * Finds and ranks entries of one or several collections by their words. Whatever the engine is, it
 * finds nothing that the targets' callers may not see, and looks into no field that they may not read.
 * Throws SERVICE_UNAVAILABLE where the index cannot be asked and nothing may stand in for it.
 */
export interface SearchEngine {
  search(targets: readonly SearchTarget[], request: SearchRequest): Promise<SearchResult>;
  /** The words as a condition, for lists with an order of their own, and for counting. */
  matching(target: SearchTarget, request: MatchRequest): Promise<Matching>;
}
