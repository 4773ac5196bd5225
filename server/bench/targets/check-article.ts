import type { Article } from '../articles.ts';

const kinds: Readonly<Record<keyof Article, string>> = {
  title: 'string',
  slug: 'string',
  body: 'string',
  author: 'string',
  views: 'number',
  published_on: 'string',
};

/** True for an article's fields with the right types: the least that a careful author checks. */
export function isArticle(value: unknown): value is Article {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  for (const [name, kind] of Object.entries(kinds)) if (typeof fields[name] !== kind) return false;
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(String(fields['slug'])) && fields['title'] !== '';
}
