import type { CallOptions, ChangeOptions } from '../call-options.ts';
import type { CollectionTypes } from '../collection-types.ts';
import type { Entry } from '../entry-types.ts';
import { dataOf, type Transport } from '../transport.ts';
import { bodyOf, type Written } from './written.ts';

export interface SingletonResource<C extends CollectionTypes> {
  /** The one entry; NOT_FOUND before its first write. */
  get(options?: CallOptions): Promise<Entry<C['read']>>;
  /** Creates the one entry, or merges the given fields into it. */
  put(data: C['update'], options?: ChangeOptions & Written): Promise<Entry<C['read']>>;
}

const path = '/api/v1/collections/{collection}/entry';

/** The one entry of a singleton collection. Every call throws ApiError or NetworkError. */
export function singletonResource<C extends CollectionTypes>(
  { raw, with: init }: Transport,
  collection: string,
): SingletonResource<C> {
  const params = { path: { collection } };
  const typed = (entry: Promise<Entry>) => entry as Promise<Entry<C['read']>>;
  return {
    get: (options = {}) => typed(dataOf(raw.GET(path, { params, ...init(options) }))),
    put: (data, options = {}) =>
      typed(dataOf(raw.PUT(path, { params, body: bodyOf(data, options), ...init(options) }))),
  };
}
