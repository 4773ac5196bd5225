import type { PageHead, RawJson } from '../../platform/json/raw-json.ts';
import { delimiterOf } from './parse-query.ts';

/** RFC 8288 links to the neighbours of a page, in the paging style of the request. */
export function linkHeader(url: string, result: unknown): string | undefined {
  const page = (result as RawJson<unknown>).head?.page;
  if (!page) return undefined;
  if (page.cursors) return cursorLinks(url, page.cursors);
  const { offset, limit, more, total } = page;
  const byOffset = /[?&]offset=/.test(url);
  const at = placing(url, byOffset ? 'offset' : 'page');
  const links: string[] = [];
  const add = (rel: string, start: number) =>
    links.push(`<${at(String(byOffset ? start : Math.floor(start / limit) + 1))}>; rel="${rel}"`);
  add('first', 0);
  if (offset > 0) add('prev', Math.max(0, offset - limit));
  if (more) add('next', offset + limit);
  if (total !== null && total > 0) add('last', Math.floor((total - 1) / limit) * limit);
  return links.join(', ');
}

function cursorLinks(url: string, { next, prev }: NonNullable<PageHead['cursors']>): string {
  const at = placing(url, 'cursor');
  const links = [`<${at()}>; rel="first"`];
  if (prev) links.push(`<${at(prev)}>; rel="prev"`);
  if (next) links.push(`<${at(next)}>; rel="next"`);
  return links.join(', ');
}

/** Makes the same URL with one parameter set, or without it; everything else stays as it was sent. */
function placing(url: string, name: string): (value?: string) => string {
  const [path = ''] = url.split('?', 1);
  const query = url.slice(path.length + 1);
  const kept = query
    .split(delimiterOf(query))
    .filter((part) => part !== '' && !part.startsWith(`${name}=`))
    .join('&');
  // A client may send > as it is; in a link it would be the end.
  const start = `${path}?${kept}`.replaceAll('>', '%3E');
  return (value) => {
    if (value === undefined) return start;
    return `${start}${kept === '' ? '' : '&'}${name}=${value}`;
  };
}
