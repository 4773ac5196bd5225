import { type Filter, filterQuery } from '../filter.ts';
import type { components } from '../schema.d.ts';

/** What is wanted of each group, by fields or dotted paths to one entry. */
export interface AggregateFunctions {
  readonly count?: '*';
  readonly sum?: readonly string[];
  readonly avg?: readonly string[];
  readonly min?: readonly string[];
  readonly max?: readonly string[];
  /** How many different values there are. */
  readonly distinct?: readonly string[];
}

interface NumberOperators {
  readonly eq?: number;
  readonly ne?: number;
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
}

/** Numbers about the entries that a list with the same filter would show. */
export interface AggregateQuery<Fields extends string = string> {
  /** The count alone where nothing is said. */
  readonly aggregate?: AggregateFunctions;
  /** `['status', 'created_at:month']`: hour, day, week, month, quarter or year. */
  readonly groupBy?: readonly string[];
  /** Which groups are wanted: `{ count: { gt: 5 }, sum: { price: { lte: 100 } } }`. */
  readonly having?: { readonly count?: NumberOperators } & {
    readonly [F in Exclude<keyof AggregateFunctions, 'count'>]?: {
      readonly [field: string]: NumberOperators;
    };
  };
  readonly filter?: Filter<Fields>;
}

/** A group with its numbers. */
export type Aggregated = components['schemas']['Aggregates']['items'][number];

/** The query as it travels. */
export const aggregateQuery = ({ aggregate, groupBy, having, filter }: AggregateQuery) => ({
  ...(aggregate === undefined ? {} : { aggregate: copyOf(aggregate) }),
  ...(groupBy === undefined ? {} : { group_by: groupBy.join(',') }),
  ...(having === undefined ? {} : { having: { ...having } }),
  ...(filter === undefined ? {} : { filter: filterQuery(filter) }),
});

type Sent = { count?: '*' } & {
  [F in Exclude<keyof AggregateFunctions, 'count'>]?: string[];
};

const copyOf = (aggregate: AggregateFunctions): Sent =>
  Object.fromEntries(
    Object.entries(aggregate).map(([of, fields]: [string, string | readonly string[]]) => [
      of,
      typeof fields === 'string' ? fields : [...fields],
    ]),
  );
