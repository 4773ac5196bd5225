const LARGEST_PAGE = 100;

interface Reply<Item> {
  readonly data?: { readonly items: readonly Item[] };
  readonly response: Response;
}

/**
 * Walks a list to its end by the `next` links of its replies (RFC 8288), so it follows whatever way
 * of paging the server prefers. Pages are as large as allowed unless the query says otherwise.
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
    page = nextQuery(response.headers.get('link'), page);
  }
}

const PAGING: readonly string[] = ['page', 'offset', 'cursor'];

/** What was asked, at the place that the next link names; undefined on the last page. */
function nextQuery<Query extends object>(link: string | null, query: Query): Query | undefined {
  const next = link?.split(/,\s*(?=<)/).find((each) => /;\s*rel="?next\b/.test(each));
  const target = next && /<([^>]*)>/.exec(next)?.[1];
  if (!target) return undefined;
  const { searchParams } = new URL(target, 'http://relative.invalid');
  const kept = Object.entries(query).filter(([name]) => !PAGING.includes(name));
  const place = [...searchParams].filter(([name]) => PAGING.includes(name));
  return Object.fromEntries([...kept, ...place]) as Query;
}
