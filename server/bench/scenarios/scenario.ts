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
  /** How many articles the target was filled with. */
  readonly articles: number;
  /** What the scenario prepared. */
  readonly prepared: string;
}

/** What the product is to reach in requests per second. */
export interface Aim {
  readonly share: number;
  /** Another scenario of the product that it is a share of, by CPU; L3's same scenario unless said. */
  readonly of?: string;
}

/** A kind of request that is measured. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly aim?: Aim;
  /** Whether it is measured for every kind of caller. */
  readonly everyCaller?: true;
  /** The path as Express spells it, for L2. */
  readonly route: string;
  /** What the requests need to know of a target, asked of it before: a reply's JSON by its path. */
  readonly prepare?: (
    ask: (path: string) => Promise<Readonly<Record<string, unknown>>>,
    articles: number,
  ) => Promise<string>;
  readonly request: (supply: Supply) => BenchRequest;
}

/** Entries a page. */
export const PAGE = 25;
/** Where the entries are, for every target. */
export const entriesPath = '/api/v1/collections/articles/entries';
/** Where stories are, which are articles by writers that are entries themselves. */
export const storiesPath = '/api/v1/collections/stories/entries';
export const writersPath = '/api/v1/collections/writers/entries';
