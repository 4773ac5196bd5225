const LARGEST_PAGE = 100;

interface Reply<Item> {
  readonly data?: { readonly items: readonly Item[]; readonly next_cursor?: string | null };
  readonly response: Response;
}

/**
 * Walks a list to its end: by its cursors, or where it has none by the `next` links of its replies
 * (RFC 8288). Pages are as large as allowed unless the query says otherwise.
 */
export async function* allPages<Item, Query extends object>(
  query: Query,
  fetchPage: (query: Query) => Promise<Reply<Item>>,
): AsyncGenerator<Item, void, undefined> {
  const sized = 'limit' in query || 'per_page' in query;
  let page: Query | undefined = sized ? query : { ...query, per_page: LARGEST_PAGE };
  while (page) {
    const { data, response } = await fetchPage(page);
    yield* data?.items ?? [];
    page = data?.next_cursor
      ? ({ ...without(page), cursor: data.next_cursor } as Query)
      : nextQuery(response.headers.get('link'), page);
  }
}

const PAGING: readonly string[] = ['page', 'offset', 'cursor'];

const without = (query: object): object =>
  Object.fromEntries(Object.entries(query).filter(([name]) => !PAGING.includes(name)));

/** What was asked, at the place that the next link names; undefined on the last page. */
function nextQuery<Query extends object>(link: string | null, query: Query): Query | undefined {
  const next = link?.split(/,\s*(?=<)/).find((each) => /;\s*rel="?next\b/.test(each));
  const target = next && /<([^>]*)>/.exec(next)?.[1];
  if (!target) return undefined;
  const { searchParams } = new URL(target, 'http://relative.invalid');
  const place = [...searchParams].filter(([name]) => PAGING.includes(name));
  return { ...without(query), ...Object.fromEntries(place) } as Query;
}
