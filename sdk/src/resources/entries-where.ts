import type { CallOptions } from '../call-options.ts';
import type { CollectionTypes } from '../collection-types.ts';
import type { Affected } from '../entry-types.ts';
import { type Filter, filterQuery } from '../filter.ts';
import { dataOf, type Transport } from '../transport.ts';
import { bodyOf, type Written } from './written.ts';

export interface WhereOptions extends CallOptions {
  /** TOO_MANY_AFFECTED, and nothing is written, where more entries match; 1000 at most. */
  readonly maxAffected: number;
  /** Only try: answers what would be affected. */
  readonly dryRun?: boolean;
}

/** Writes to all entries that meet a filter, all or none; `'sys.id != null'` means every entry. */
export interface WhereResource<C extends CollectionTypes> {
  /** Merges the same fields into all that match; null clears a field. */
  updateWhere(
    filter: Filter<keyof C['read'] & string>,
    data: C['update'],
    options: WhereOptions & Written,
  ): Promise<Affected>;
  /** Deletes all that match. */
  deleteWhere(filter: Filter<keyof C['read'] & string>, options: WhereOptions): Promise<Affected>;
}

const path = '/api/v1/collections/{collection}/entries';

/** The entries of a collection that meet a filter. Every call throws ApiError or NetworkError. */
export function whereResource<C extends CollectionTypes>(
  { raw, with: init }: Transport,
  collection: string,
): WhereResource<C> {
  const params = (filter: Filter, { maxAffected, dryRun }: WhereOptions) => ({
    path: { collection },
    query: {
      filter: filterQuery(filter),
      max_affected: maxAffected,
      ...(dryRun === undefined ? {} : { dry_run: dryRun }),
    },
  });
  return {
    updateWhere: (filter, data, options) =>
      dataOf(
        raw.PATCH(path, {
          params: params(filter, options),
          body: bodyOf(data, options),
          ...init(options),
        }),
      ),
    deleteWhere: (filter, options) =>
      dataOf(raw.DELETE(path, { params: params(filter, options), ...init(options) })),
  };
}
