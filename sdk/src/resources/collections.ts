import type { CallOptions, ChangeOptions, CreateOptions } from '../call-options.ts';
import type { components, operations } from '../schema.d.ts';
import { dataOf, type Transport } from '../transport.ts';
import { allPages } from './all-pages.ts';

type Schemas = components['schemas'];
/** A collection as the server shows it. */
export type Collection = Schemas['Collection'];
export type CollectionPage = Schemas['CollectionPage'];
/** What a new collection takes. */
export type NewCollection = Schemas['CollectionsCreateBody'];
/** What a change of a collection takes; `fields` is the whole new list. */
export type CollectionChange = Schemas['CollectionsUpdateBody'];
type ListQuery = NonNullable<operations['collections_list']['parameters']['query']>;

export interface CollectionChangeOptions extends ChangeOptions {
  /** Carry out a change that loses data, which is refused with CONFIRMATION_REQUIRED otherwise. */
  readonly confirm?: boolean;
}

export interface CollectionsResource {
  /** One page of the project's collections, by name. */
  list(query?: ListQuery, options?: CallOptions): Promise<CollectionPage>;
  /** All collections, page by page as the loop asks for them. */
  iterate(query?: ListQuery, options?: CallOptions): AsyncGenerator<Collection, void, undefined>;
  /** One collection by its id or name. */
  get(collection: string, options?: CallOptions): Promise<Collection>;
  create(collection: NewCollection, options?: CreateOptions): Promise<Collection>;
  /** Changes what is given. */
  update(
    collection: string,
    change: CollectionChange,
    options?: CollectionChangeOptions,
  ): Promise<Collection>;
  /** Deletes a collection with all its entries. */
  delete(collection: string, options?: ChangeOptions): Promise<void>;
}

const root = '/api/v1/collections';
const one = '/api/v1/collections/{collection}';

/** The project's collections and their fields. Every call throws ApiError or NetworkError. */
export function collectionsResource({ raw, with: init }: Transport): CollectionsResource {
  const at = (collection: string) => ({ path: { collection } });
  const list: CollectionsResource['list'] = (query = {}, options = {}) =>
    dataOf(raw.GET(root, { params: { query }, ...init(options) }));
  return {
    list,
    iterate: (query = {}, options = {}) =>
      allPages(query, (page) => raw.GET(root, { params: { query: page }, ...init(options) })),
    get: (collection, options = {}) =>
      dataOf(raw.GET(one, { params: at(collection), ...init(options) })),
    create: (body, options = {}) => dataOf(raw.POST(root, { body, ...init(options) })),
    update: (collection, body, { confirm, ...options } = {}) =>
      dataOf(
        raw.PATCH(one, {
          params: { ...at(collection), ...(confirm === undefined ? {} : { query: { confirm } }) },
          body,
          ...init(options),
        }),
      ),
    delete: async (collection, options = {}) => {
      await raw.DELETE(one, { params: at(collection), ...init(options) });
    },
  };
}
