import type { CallOptions, ChangeOptions, CreateOptions } from '../call-options.ts';
import type { CollectionTypes, FieldsOf } from '../collection-types.ts';
import type {
  BulkOutcome,
  Entry,
  EntryPage,
  ListQuery,
  SearchOptions,
  SearchPage,
} from '../entry-types.ts';
import { filterQuery } from '../filter.ts';
import type { Seen } from '../shown.ts';
import { dataOf, type Transport } from '../transport.ts';
import { type Include, type Path, type View, viewQuery } from '../view.ts';
import { type Aggregated, type AggregateQuery, aggregateQuery } from './aggregate.ts';
import { allPages } from './all-pages.ts';
import { whereResource, type WhereResource } from './entries-where.ts';
import { transfersResource, type TransfersResource } from './transfers.ts';
import { bodyOf, type Written } from './written.ts';

/** One of many new entries: its fields, and what the system should know beside them. */
export interface NewEntry<Data> extends Written {
  readonly data: Data;
}

/** One of many changes: the entry's id and the fields to merge into it. */
export interface EntryChange<Data> extends NewEntry<Data> {
  readonly id: string;
  /** The version you read: the change is refused with PRECONDITION_FAILED when there is a newer one. */
  readonly expectedVersion?: number;
}
/** What a list of a collection takes: sorts and filters by its own fields. */
export type ListQueryOf<
  C extends CollectionTypes,
  I extends Include<FieldsOf<C>> = Include<FieldsOf<C>>,
  F extends Path<FieldsOf<C>> = Path<FieldsOf<C>>,
> = ListQuery<C['sort'], FieldsOf<C>, I, F>;

/** `All` are the collections that relations may lead to: what is included is typed by them. */
export interface EntriesResource<C extends CollectionTypes, All = unknown>
  extends TransfersResource, WhereResource<C> {
  /** One page, newest first unless sorted. */
  list<const I extends Include<FieldsOf<C>> = never, const F extends Path<FieldsOf<C>> = never>(
    query?: ListQueryOf<C, I, F>,
    options?: CallOptions,
  ): Promise<EntryPage<Seen<C, All, I, F>>>;
  /** All entries, page by page as the loop asks for them: by cursor, so none is missed or met twice. */
  iterate<const I extends Include<FieldsOf<C>> = never, const F extends Path<FieldsOf<C>> = never>(
    query?: ListQueryOf<C, I, F>,
    options?: CallOptions,
  ): AsyncGenerator<Entry<Seen<C, All, I, F>>, void, undefined>;
  /** The best first: words (`null` for clauses alone), a phrase in quotes, `-without`; with highlights. */
  search<const I extends Include<FieldsOf<C>> = never, const F extends Path<FieldsOf<C>> = never>(
    words: string | null,
    query?: SearchOptions<C['sort'], FieldsOf<C>, I, F>,
    options?: CallOptions,
  ): Promise<SearchPage<Seen<C, All, I, F>>>;
  /** Counts, sums and so on of all entries that match, or group by group. */
  aggregate(query?: AggregateQuery<FieldsOf<C>>, options?: CallOptions): Promise<Aggregated[]>;
  get<const I extends Include<FieldsOf<C>> = never, const F extends Path<FieldsOf<C>> = never>(
    id: string,
    options?: CallOptions & View<FieldsOf<C>, I, F>,
  ): Promise<Entry<Seen<C, All, I, F>>>;
  create(data: C['create'], options?: CreateOptions & Written): Promise<Entry<C['read']>>;
  /** Creates up to 1000 entries, all or none. */
  createMany(
    entries: readonly NewEntry<C['create']>[],
    options?: CreateOptions,
  ): Promise<Entry<C['read']>[]>;
  /** Creates those of up to 1000 entries that it can, and says what came of each. */
  createPartly(
    entries: readonly NewEntry<C['create']>[],
    options?: CreateOptions,
  ): Promise<BulkOutcome<C['read']>>;
  /** Changes up to 1000 entries, all or none. */
  updateMany(
    changes: readonly EntryChange<C['update']>[],
    options?: CallOptions,
  ): Promise<Entry<C['read']>[]>;
  /** Changes those of up to 1000 entries that it can, and says what came of each. */
  updatePartly(
    changes: readonly EntryChange<C['update']>[],
    options?: CallOptions,
  ): Promise<BulkOutcome<C['read']>>;
  /** Deletes up to 1000 entries, all or none. */
  deleteMany(ids: readonly string[], options?: CallOptions): Promise<void>;
  /** Deletes those of up to 1000 entries that it can, and says what came of each. */
  deletePartly(ids: readonly string[], options?: CallOptions): Promise<BulkOutcome<C['read']>>;
  /** Merges the given fields into the entry; null clears a field. */
  update(
    id: string,
    data: C['update'],
    options?: ChangeOptions & Written,
  ): Promise<Entry<C['read']>>;
  delete(id: string, options?: ChangeOptions): Promise<void>;
}

const root = '/api/v1/collections/{collection}/entries';
const found = '/api/v1/collections/{collection}/entries/search';
const one = '/api/v1/collections/{collection}/entries/{id}';
const numbers = '/api/v1/collections/{collection}/entries/aggregate';
const bulk = '/api/v1/collections/{collection}/entries/bulk';

const changeOf = ({ id, data, expectedVersion, ...beside }: EntryChange<object>) => ({
  id,
  ...bodyOf(data, beside),
  ...(expectedVersion === undefined ? {} : { expected_version: expectedVersion }),
});

/** The query as it travels: its sort as one text, its filter without nulls. */
const queryOf = <Q extends ListQuery>({ sort, filter, fields, include, ...query }: Q) => ({
  ...query,
  ...viewQuery({ fields, include }),
  ...(filter === undefined ? {} : { filter: filterQuery(filter) }),
  ...(sort === undefined ? {} : { sort: [sort].flat().join(',') }),
});

/** The entries of one collection. Every call throws ApiError or NetworkError. */
export function entriesResource<C extends CollectionTypes, All>(
  transport: Transport,
  collection: string,
): EntriesResource<C, All> {
  const { raw, with: init } = transport;
  const all = { path: { collection } };
  const at = (id: string) => ({ path: { collection, id } });
  // The document knows data as any record; what it holds is known by the collection's own types.
  const partly = { ...all, query: { mode: 'partial' } } as const;
  const outcome = (reply: Promise<unknown>) => reply as Promise<BulkOutcome<C['read']>>;
  const typed = (entry: Promise<Entry>) => entry as Promise<Entry<C['read']>>;
  return {
    ...transfersResource(transport, collection),
    ...whereResource<C>(transport, collection),
    list: (query = {}, options = {}) =>
      dataOf(
        raw.GET(root, { params: { ...all, query: queryOf(query) }, ...init(options) }),
      ) as Promise<never>,
    iterate: (query = {}, options = {}) =>
      allPages<Entry, ReturnType<typeof queryOf>>(queryOf(query), (page) =>
        raw.GET(root, { params: { ...all, query: page }, ...init(options) }),
      ) as AsyncGenerator<never, void, undefined>,
    search: (words, { sort, fields, include, ...query } = {}, options = {}) => {
      const body = {
        ...query,
        ...viewQuery({ fields, include }),
        ...(words === null ? {} : { q: words }),
        ...(sort === undefined ? {} : { sort: [sort].flat().join(',') }),
      };
      return dataOf(raw.POST(found, { params: all, body, ...init(options) })) as Promise<never>;
    },
    aggregate: async (query = {}, options = {}) => {
      const params = { ...all, query: aggregateQuery(query) };
      return (await dataOf(raw.GET(numbers, { params, ...init(options) }))).items;
    },
    get: (id, options = {}) =>
      dataOf(
        raw.GET(one, { params: { ...at(id), query: viewQuery(options) }, ...init(options) }),
      ) as Promise<never>,
    create: (data, options = {}) =>
      typed(dataOf(raw.POST(root, { params: all, body: bodyOf(data, options), ...init(options) }))),
    createMany: async (entries, options = {}) => {
      const body = { entries: entries.map((entry) => bodyOf(entry.data, entry)) };
      const reply = dataOf(raw.POST(bulk, { params: all, body, ...init(options) }));
      return (await reply).items as Entry<C['read']>[];
    },
    createPartly: (entries, options = {}) => {
      const body = { entries: entries.map((entry) => bodyOf(entry.data, entry)) };
      return outcome(dataOf(raw.POST(bulk, { params: partly, body, ...init(options) })));
    },
    updateMany: async (changes, options = {}) => {
      const body = { entries: changes.map(changeOf) };
      const reply = dataOf(raw.PUT(bulk, { params: all, body, ...init(options) }));
      return (await reply).items as Entry<C['read']>[];
    },
    updatePartly: (changes, options = {}) => {
      const body = { entries: changes.map(changeOf) };
      return outcome(dataOf(raw.PUT(bulk, { params: partly, body, ...init(options) })));
    },
    deleteMany: async (ids, options = {}) => {
      const body = { entry_ids: [...ids] };
      await raw.DELETE(bulk, { params: all, body, ...init(options) });
    },
    deletePartly: (ids, options = {}) => {
      const body = { entry_ids: [...ids] };
      return outcome(dataOf(raw.DELETE(bulk, { params: partly, body, ...init(options) })));
    },
    update: (id, data, options = {}) =>
      typed(
        dataOf(raw.PATCH(one, { params: at(id), body: bodyOf(data, options), ...init(options) })),
      ),
    delete: async (id, options = {}) => {
      await raw.DELETE(one, { params: at(id), ...init(options) });
    },
  };
}
