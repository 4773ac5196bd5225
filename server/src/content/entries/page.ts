import { MAX_OFFSET } from '@cms/contracts';
import type { ReplyHead } from '../../platform/json/raw-json.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { CountMode } from './count.ts';
import type { Cursors } from './cursor.ts';

/** The spellings of a page: page with per_page or limit, limit with offset, limit with cursor. */
export interface PageInput {
  readonly page?: number | undefined;
  readonly per_page?: number | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  /** With limit or per_page: another page's next_cursor or prev_cursor. */
  readonly cursor?: string | undefined;
}

export interface Page {
  /** Null where a cursor was given. */
  readonly page: number | null;
  readonly limit: number;
  readonly offset: number;
}

/** The rows that a page means. Throws INVALID_INPUT where styles are mixed or the page is too deep. */
export function pageOfInput(input: PageInput, defaultSize: number): Page {
  const { page, per_page, limit, offset, cursor } = input;
  if (cursor !== undefined && page !== undefined) throw mixed('page', 'cursor');
  if (cursor !== undefined && offset !== undefined) throw mixed('offset', 'cursor');
  if (offset !== undefined && page !== undefined) throw mixed('page', 'offset');
  if (offset !== undefined && per_page !== undefined) throw mixed('per_page', 'offset');
  if (limit !== undefined && per_page !== undefined) throw mixed('per_page', 'limit');
  const size = limit ?? per_page ?? defaultSize;
  if (cursor !== undefined) return { page: null, limit: size, offset: 0 };
  if (offset !== undefined) return { page: Math.floor(offset / size) + 1, limit: size, offset };
  const skipped = ((page ?? 1) - 1) * size;
  if (skipped > MAX_OFFSET)
    throw new AppError(
      'INVALID_INPUT',
      `Pages reach to item ${MAX_OFFSET}; filter or sort otherwise.`,
      {
        details: [{ field: 'page', message: 'Too far from the start.', code: 'max_offset' }],
      },
    );
  return { page: page ?? 1, limit: size, offset: skipped };
}

const mixed = (one: string, other: string) =>
  new AppError('INVALID_INPUT', `"${one}" and "${other}" are two styles of paging; use one.`, {
    details: [{ field: other, message: `Not together with ${one}.`, code: 'mixed_paging' }],
  });

/** The canonical envelope around a page's items, without the items. */
export function envelope(
  page: Page,
  total: number | null,
  cursors: Cursors = { next: null, prev: null },
) {
  return {
    total,
    page: page.page,
    per_page: page.limit,
    total_pages: total === null ? null : Math.ceil(total / page.limit),
    next_cursor: cursors.next,
    prev_cursor: cursors.prev,
  };
}

/** How a list is counted: as asked, else to the last, but not with a cursor. */
export const countMode = (count: CountMode | undefined, { cursor }: PageInput): CountMode =>
  count ?? (cursor === undefined ? 'exact' : 'none');

/** What the links of a page's reply are made of. */
export const pageHead = (
  { page, offset, limit }: Page,
  { more, total, cursors }: { more: boolean; total: number | null; cursors?: Cursors | undefined },
): ReplyHead => ({
  page: { offset, limit, more, total, ...(page === null && cursors ? { cursors } : {}) },
});
