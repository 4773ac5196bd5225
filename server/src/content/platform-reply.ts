import { hash } from 'node:crypto';
import { PLATFORM_PAGE_SIZE } from '@cms/contracts';
import { listText, RawJson } from '../platform/json/raw-json.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { type Page, pageHead, pageOfInput } from './entries/page.ts';

/** The page that a request of the platform family means. Throws INVALID_INPUT where it is too deep. */
export const platformPage = (input: {
  readonly page?: number | undefined;
  readonly limit?: number | undefined;
}): Page => pageOfInput(input, PLATFORM_PAGE_SIZE);

/** The version of what counts none: a number that its content makes, small enough for any client. */
export const versionOf = (data: object): number =>
  Number.parseInt(hash('sha1', JSON.stringify(data)).slice(0, 7), 16);

/** Throws PRECONDITION_FAILED where the resource is no longer what the caller read. */
export function assertVersion(expected: number | undefined, data: object): void {
  if (expected !== undefined && expected !== versionOf(data))
    throw new AppError('PRECONDITION_FAILED');
}

/** One resource in the platform family's envelope; its id makes the Location, its content the ETag. */
export const platformOne = <T extends { readonly id: string }>(data: T): RawJson<{ data: T }> =>
  new RawJson(JSON.stringify({ data }), { id: data.id, etag: String(versionOf(data)) });

/** A page in the platform family's envelope. */
export function platformList<T>(items: readonly T[], page: Page, total: number) {
  const { limit, offset } = page;
  const pagination = {
    page: Math.floor(offset / limit) + 1,
    limit,
    total,
    pages: Math.ceil(total / limit),
  };
  const data = listText(items.map((item) => JSON.stringify(item)));
  const more = offset + items.length < total;
  return new RawJson<{ data: T[]; pagination: typeof pagination }>(
    `{"data":${data},"pagination":${JSON.stringify(pagination)}}`,
    pageHead(page, { total, more }),
  );
}
