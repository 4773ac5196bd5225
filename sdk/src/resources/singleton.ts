import type { CallOptions, ChangeOptions } from '../call-options.ts';
import type { CollectionTypes, FieldsOf } from '../collection-types.ts';
import type { Entry } from '../entry-types.ts';
import { dataOf, type Transport } from '../transport.ts';
import type { Seen } from '../shown.ts';
import { type Include, type Path, type View, viewQuery } from '../view.ts';
import { bodyOf, type Written } from './written.ts';

export interface SingletonResource<C extends CollectionTypes, All = unknown> {
  /** The one entry; NOT_FOUND before its first write. */
  get<const I extends Include<FieldsOf<C>> = never, const F extends Path<FieldsOf<C>> = never>(
    options?: CallOptions & View<FieldsOf<C>, I, F>,
  ): Promise<Entry<Seen<C, All, I, F>>>;
  /** Creates the one entry, or merges the given fields into it. */
  put(data: C['update'], options?: ChangeOptions & Written): Promise<Entry<C['read']>>;
}

const root = '/api/v1/collections/{collection}/entry';

/** The one entry of a singleton collection. Every call throws ApiError or NetworkError. */
export function singletonResource<C extends CollectionTypes, All>(
  { raw, with: init }: Transport,
  collection: string,
): SingletonResource<C, All> {
  const path = { collection };
  const typed = (entry: Promise<Entry>) => entry as Promise<Entry<C['read']>>;
  return {
    get: (options = {}) => {
      const params = { path, query: viewQuery(options) };
      return dataOf(raw.GET(root, { params, ...init(options) })) as Promise<never>;
    },
    put: (data, options = {}) =>
      typed(
        dataOf(raw.PUT(root, { params: { path }, body: bodyOf(data, options), ...init(options) })),
      ),
  };
}
