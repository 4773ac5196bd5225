/** Uses of generated types that must compile, with lines that must not. */
export const typedUse = `
import { createClient } from '@cms/sdk';
import type { Collections } from './collections.ts';

type Article = Collections['articles']['read'];
type NewArticle = Collections['articles']['create'];
type Change = Collections['articles']['update'];

export const read = (article: Article): void => {
  article.title satisfies string;
  article.slug satisfies string;
  article.author satisfies string | null | undefined;
  article.readers satisfies string[] | null | undefined;
  article.kind satisfies 'news' | 'it\\'s "odd"';
  article.tags satisfies ('a' | 'b')[] | null | undefined;
  article.place?.lat satisfies number | undefined;
  article.stock satisfies number | null | undefined;
  article.open satisfies boolean | null | undefined;
  article.first_seen satisfies string | null | undefined;
  article.seo?.title satisfies string | undefined;
  article.seo?.weight satisfies number | null | undefined;
  article.links?.[0]?.href satisfies string | undefined;
  article.secret satisfies string | undefined;
  for (const block of article.body ?? [])
    if (block.type === 'hero') block.heading satisfies string;
    else block.who satisfies string | null | undefined;
  // @ts-expect-error: json is anything
  article.meta satisfies string;
  // @ts-expect-error: an author may be missing
  article.author satisfies string;
  // @ts-expect-error: there is no such field
  void article.nothing;
};

export const least: NewArticle = { title: 'A' };
export const most: NewArticle = {
  title: 'A',
  kind: 'news',
  meta: { any: ['thing'] },
  seo: { title: 'S', weight: null },
  body: [{ type: 'quote', text: 'T' }, { type: 'hero', heading: 'H' }],
  first_seen: '2026-01-01T00:00:00Z',
};
// @ts-expect-error: title is required
export const untitled: NewArticle = {};
// @ts-expect-error: what is required is not null
export const nulled: NewArticle = { title: null };
// @ts-expect-error: not one of the values
export const odd: NewArticle = { title: 'A', kind: 'other' };
// @ts-expect-error: a hero needs its heading
export const headless: NewArticle = { title: 'A', body: [{ type: 'hero' }] };
// @ts-expect-error: there is no such block
export const unknown: NewArticle = { title: 'A', body: [{ type: 'video' }] };
export const change: Change = { author: null, tags: ['a'] };
// @ts-expect-error: what is required can't be cleared
export const cleared: Change = { title: null };
// @ts-expect-error: set on create, then fixed
export const reseen: Change = { first_seen: null };
// @ts-expect-error: a component is written whole
export const partial: Change = { seo: { weight: 1 } };

export const client = createClient<Collections>({ url: 'http://localhost:3000' });
void client.entries('articles').list({ sort: ['-stock', 'slug', 'created_at'] });
void client.singleton('home').put({ headline: 'Hi' });
void client.entries('articles').get('id', { include: ['author', 'readers'] }).then(({ data }) => {
  if (typeof data.author === 'object') data.author?.data satisfies Collections['authors']['read'] | undefined;
  for (const reader of data.readers ?? [])
    if (typeof reader !== 'string') reader.data satisfies Collections['authors']['read'];
  // @ts-expect-error: it may be an id still
  data.author satisfies { data: object } | null | undefined;
});
// @ts-expect-error: no index to sort by
void client.entries('articles').list({ sort: 'price' });
// @ts-expect-error: articles are many
client.singleton('articles');
`;
