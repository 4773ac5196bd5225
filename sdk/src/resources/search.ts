import type { CallOptions } from '../call-options.ts';
import type { ProjectSearchOptions, SearchPage } from '../entry-types.ts';
import { dataOf, type Transport } from '../transport.ts';

export type SearchCall = (
  words: string,
  query?: ProjectSearchOptions,
  options?: CallOptions,
) => Promise<SearchPage>;

/** Search in all collections that you may list, or in those that you name. Throws ApiError or NetworkError. */
export const searchCall =
  ({ raw, with: init }: Transport): SearchCall =>
  (words, query = {}, options = {}) =>
    dataOf(
      raw.GET('/api/v1/search', { params: { query: { ...query, q: words } }, ...init(options) }),
    );
