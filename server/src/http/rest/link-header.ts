import type { PageHead, RawJson } from '../../platform/json/raw-json.ts';

/** RFC 8288 links to the neighbours of a page, in the paging style of the request. */
export function linkHeader(url: string, result: unknown): string | undefined {
  const page = (result as RawJson<unknown>).head?.page;
  if (!page) return undefined;
  const links: string[] = [];
  const add = (rel: string, offset: number) =>
    links.push(`<${at(url, page, offset)}>; rel="${rel}"`);
  const { offset, limit, more, total } = page;
  add('first', 0);
  if (offset > 0) add('prev', Math.max(0, offset - limit));
  if (more) add('next', offset + limit);
  if (total !== null && total > 0) add('last', Math.floor((total - 1) / limit) * limit);
  return links.join(', ');
}

/** The same URL, another page. The rest of the query stays as it was sent. */
function at(url: string, { limit }: PageHead, offset: number): string {
  const [path, query = ''] = url.split('?', 2);
  const byOffset = /(^|&)offset=/.test(query);
  const name = byOffset ? 'offset' : 'page';
  const value = byOffset ? offset : Math.floor(offset / limit) + 1;
  const kept = query
    .split(/(?<!&)&(?!&)/)
    .filter((part) => part !== '' && !part.startsWith(`${name}=`));
  return `${path}?${[...kept, `${name}=${value}`].join('&')}`;
}
