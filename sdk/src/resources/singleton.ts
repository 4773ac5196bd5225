import type { CallOptions, ChangeOptions } from '../call-options.ts';
import type { CollectionTypes } from '../collection-types.ts';
import type { Entry } from '../entry-types.ts';
import { dataOf, type Transport } from '../transport.ts';
import { type View, viewQuery } from '../view.ts';
import { bodyOf, type Written } from './written.ts';

export interface SingletonResource<C extends CollectionTypes> {
  /** The one entry; NOT_FOUND before its first write. */
  get(options?: CallOptions & View<keyof C['read'] & string>): Promise<Entry<C['read']>>;
  /** Creates the one entry, or merges the given fields into it. */
  put(data: C['update'], options?: ChangeOptions & Written): Promise<Entry<C['read']>>;
}

const root = '/api/v1/collections/{collection}/entry';

/** The one entry of a singleton collection. Every call throws ApiError or NetworkError. */
export function singletonResource<C extends CollectionTypes>(
  { raw, with: init }: Transport,
  collection: string,
): SingletonResource<C> {
  const path = { collection };
  const typed = (entry: Promise<Entry>) => entry as Promise<Entry<C['read']>>;
  return {
    get: (options = {}) => {
      const params = { path, query: viewQuery(options) };
      return typed(dataOf(raw.GET(root, { params, ...init(options) })));
    },
    put: (data, options = {}) =>
      typed(
        dataOf(raw.PUT(root, { params: { path }, body: bodyOf(data, options), ...init(options) })),
      ),
  };
}
