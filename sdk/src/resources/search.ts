import type { CallOptions } from '../call-options.ts';
import type { ProjectSearchOptions, SearchPage } from '../entry-types.ts';
import type { components } from '../schema.d.ts';
import { dataOf, type Transport } from '../transport.ts';
import { viewQuery } from '../view.ts';

export type SearchStatus = components['schemas']['SearchStatus'];

export interface SearchResource {
  /** Finds entries by words in all collections that you may list, or in those that you name. */
  (words: string, query?: ProjectSearchOptions, options?: CallOptions): Promise<SearchPage>;
  /** Which engine searches, and how far its index is behind what was written. */
  status(options?: CallOptions): Promise<SearchStatus>;
  /** Begins to build the index of the named collections anew, or of all: searches go on meanwhile. */
  rebuild(collections?: readonly string[], options?: CallOptions): Promise<SearchStatus>;
}

const root = '/api/v1/search';

/** Search over the project. Every call throws ApiError or NetworkError. */
export const searchResource = ({ raw, with: init }: Transport): SearchResource =>
  Object.assign<
    (...asked: Parameters<SearchResource>) => Promise<SearchPage>,
    Pick<SearchResource, 'status' | 'rebuild'>
  >(
    (words, { fields, include, ...others } = {}, options = {}) => {
      const query = { ...others, ...viewQuery({ fields, include }), q: words };
      return dataOf(raw.GET(root, { params: { query }, ...init(options) }));
    },
    {
      status: (options = {}) => dataOf(raw.GET(`${root}/status`, init(options))),
      rebuild: (collections, options = {}) =>
        dataOf(
          raw.POST(`${root}/rebuild`, {
            body: collections ? { collections: [...collections] } : {},
            ...init(options),
          }),
        ),
    },
  );
