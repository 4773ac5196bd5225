import type { CollectionCtx } from '../context.ts';
import type { EntryRow } from '../entries/row.ts';
import type { Fragment, Scope } from '../expressions/index.ts';
import type { SearchText } from './search-text.ts';

/** One collection that is searched, as it is open to the caller. */
export interface SearchTarget {
  readonly ctx: CollectionCtx;
  readonly scope: Scope;
  /** What must hold beside the words. */
  readonly conditions: readonly Fragment[];
  /** What adds one to the score where it holds. */
  readonly boosts: readonly Fragment[];
}

/** What is searched for, and which of the hits are wanted. */
export interface SearchRequest {
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

export interface SearchResult {
  /** The best first; of equals, the newest. */
  readonly hits: readonly SearchHit[];
  /** All hits, up to the most that are ranked. */
  readonly total: number;
  /** True where nothing has the words, and these have similar ones. */
  readonly similar: boolean;
}

/**
 * Finds and ranks entries of one or several collections by their words. Whatever the engine is, it
 * finds nothing that the targets' callers may not see, and looks into no field that they may not read.
 */
export interface SearchEngine {
  search(targets: readonly SearchTarget[], request: SearchRequest): Promise<SearchResult>;
}
