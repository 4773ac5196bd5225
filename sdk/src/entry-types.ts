import type { Filter } from './filter.ts';
import type { Include, Path, View } from './view.ts';
import type { components, operations } from './schema.d.ts';

type Schemas = components['schemas'];

/** An entry with its fields in `data`. */
export type Entry<Data = Record<string, unknown>> = Omit<Schemas['Entry'], 'data'> & {
  readonly data: Data;
};

/** One page of entries. */
export type EntryPage<Data = Record<string, unknown>> = Omit<Schemas['EntryPage'], 'items'> & {
  readonly items: Entry<Data>[];
};

type Items = Schemas['BulkOutcome']['items'];

/** What came of each item of a bulk request that does what it can. */
export type BulkOutcome<Data = Record<string, unknown>> = Omit<Schemas['BulkOutcome'], 'items'> & {
  readonly items: (Omit<Items[number], 'entry'> & { readonly entry?: Entry<Data> })[];
};

/** What a write by filter did. */
export type Affected = Schemas['AffectedEntries'];

export type EntryStatus = Schemas['EntryStatus'];

/** System fields that every list can be sorted by. */
export type SystemSort = 'id' | 'created_at' | 'updated_at' | 'published_at' | 'status' | 'version';

/** One key of a sort; a minus is descending. */
export type SortKey<Fields extends string> = Fields | SystemSort | `-${Fields | SystemSort}`;

type Query = NonNullable<operations['entries_list']['parameters']['query']>;

/** What a list of entries takes. */
export type ListQuery<
  Sort extends string = string,
  Fields extends string = string,
  I extends Include<Fields> = Include<Fields>,
  F extends Path<Fields> = Path<Fields>,
> = Omit<Query, 'sort' | 'filter' | 'fields' | 'include'> &
  View<Fields, I, F> & {
    /** Fields to sort by, the first before the others: `['-created_at', 'title']`. */
    readonly sort?: SortKey<Sort> | readonly SortKey<Sort>[];
    readonly filter?: Filter<Fields>;
  };

/** An entry that was found, with its score and its highlights by field. */
export type SearchHit<Data = Record<string, unknown>> = Omit<Schemas['SearchHit'], 'data'> & {
  readonly data: Data;
};

/** A page of what was found, the best first. */
export type SearchPage<Data = Record<string, unknown>> = Omit<Schemas['SearchPage'], 'items'> & {
  readonly items: SearchHit<Data>[];
};

/** Clauses of a search: filters as lists know them, or Elasticsearch's `match`, `term`, `terms`, `range`, `exists`, `prefix`. */
export type SearchClauses = Schemas['SearchQuery'];

/** What a search of a collection takes beside words: clauses, an order of its own, facets, a page. */
export type SearchOptions<
  Sort extends string = string,
  Fields extends string = string,
  I extends Include<Fields> = Include<Fields>,
  F extends Path<Fields> = Path<Fields>,
> = Omit<
  NonNullable<operations['entries_searchBy']['requestBody']>['content']['application/json'],
  'q' | 'sort' | 'fields' | 'include'
> &
  View<Fields, I, F> & { readonly sort?: SortKey<Sort> | readonly SortKey<Sort>[] };

/** What a search of the whole project takes beside words; each collection shows what it has of a view. */
export type ProjectSearchOptions = Omit<
  NonNullable<operations['search_all']['parameters']['query']>,
  'q' | 'fields' | 'include'
> &
  View;
