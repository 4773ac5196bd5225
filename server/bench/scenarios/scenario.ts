import type { Article } from '../articles.ts';

/** One request; the same is sent to every target. */
export interface BenchRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
}

/** What a scenario may draw from when it makes a request. */
export interface Supply {
  /** The id of some article of the target, another one each time. */
  anyId(): string;
  /** An article that was never sent before. */
  newArticle(): Article;
}

/** A kind of request that is measured. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** The least share of L3's requests per second that the product is to reach. */
  readonly aim?: number;
  /** Whether it is measured for every kind of caller. */
  readonly everyCaller?: true;
  /** The path as Express spells it, for L2. */
  readonly route: string;
  readonly request: (supply: Supply) => BenchRequest;
}

/** Where the entries are, for every target. */
export const entriesPath = '/api/v1/collections/articles/entries';
/** Where stories are, which are articles by writers that are entries themselves. */
export const storiesPath = '/api/v1/collections/stories/entries';
export const writersPath = '/api/v1/collections/writers/entries';
