import type { PageHead, RawJson } from '../../platform/json/raw-json.ts';

/** RFC 8288 links to the neighbours of a page, in the paging style of the request. */
export function linkHeader(url: string, result: unknown): string | undefined {
  const page = (result as RawJson<unknown>).head?.page;
  if (!page) return undefined;
  if (page.cursors) return cursorLinks(url, page.cursors);
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

function cursorLinks(url: string, { next, prev }: NonNullable<PageHead['cursors']>): string {
  const links = [`<${withPlace(url, 'cursor')}>; rel="first"`];
  if (prev) links.push(`<${withPlace(url, 'cursor', prev)}>; rel="prev"`);
  if (next) links.push(`<${withPlace(url, 'cursor', next)}>; rel="next"`);
  return links.join(', ');
}

/** The same URL, another page. The rest of the query stays as it was sent. */
function at(url: string, { limit }: PageHead, offset: number): string {
  const byOffset = /[?&]offset=/.test(url);
  const name = byOffset ? 'offset' : 'page';
  const value = byOffset ? offset : Math.floor(offset / limit) + 1;
  return withPlace(url, name, String(value));
}

/** The URL with one parameter set, or without it; everything else stays as it was sent. */
function withPlace(url: string, name: string, value?: string): string {
  const [path = ''] = url.split('?', 1);
  const kept = url
    .slice(path.length + 1)
    .split(/(?<!&)&(?!&)/)
    .filter((part) => part !== '' && !part.startsWith(`${name}=`));
  const place = value === undefined ? [] : [`${name}=${value}`];
  // A client may send > as it is; in a link it would be the end.
  return `${path}?${[...kept, ...place].join('&')}`.replaceAll('>', '%3E');
}
