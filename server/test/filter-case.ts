import type { Row, World } from './rules-data.ts';

export type Holds = (row: Row, world: World) => boolean;

/** One filter in its spellings, and whether it holds for a row by plain JavaScript. */
export interface FilterCase {
  /** As JSON. */
  readonly json: object;
  /** As JSON whose values are all text, as brackets can say it; undefined where they cannot. */
  readonly text: object | undefined;
  /** Undefined where expressions have no word for it. */
  readonly expression: string | undefined;
  /** As one clause of a search, in Elasticsearch's words where it has some. */
  readonly clause: object;
  /** As a whole query of a search. */
  readonly query: object;
  readonly holds: Holds;
}

/** One comparison: what its spellings have in common. */
export interface Leaf {
  readonly path: string;
  readonly operator: string;
  readonly value: unknown;
  /** The value as text; undefined where it has none. */
  readonly text: string | readonly string[] | undefined;
  readonly expression: string | undefined;
  readonly clause?: object;
  readonly holds: Holds;
}

export function leaf(one: Leaf): FilterCase {
  const { path, operator, value, text, expression, holds } = one;
  const json = { [path]: { [operator]: value } };
  const clause = one.clause ?? json;
  return {
    json,
    text: text === undefined ? undefined : { [path]: { [operator]: text } },
    expression,
    clause,
    query: { must: [clause] },
    holds,
  };
}
