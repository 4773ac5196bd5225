import { articleOf } from '../articles.ts';
import { entriesPath } from '../scenarios/scenario.ts';
import { callTarget } from './call-target.ts';
import type { Target } from './target.ts';

const CHUNK = 1000;

/** Makes the product's collection of articles; L3 has its table already. */
export async function makeCollection(product: Target, signal: AbortSignal): Promise<void> {
  const body = {
    name: 'articles',
    fields: [
      { name: 'title', type: 'text', required: true },
      { name: 'slug', type: 'slug', unique: true },
      { name: 'body', type: 'editor' },
      { name: 'author', type: 'text' },
      { name: 'views', type: 'integer', indexed: true },
      { name: 'published_on', type: 'datetime', indexed: true },
    ],
    // What nobody in particular may read, too; owners and admins are not asked by rules.
    rules: { list: '', view: '' },
  };
  await callTarget(product, { method: 'POST', path: '/api/v1/collections', body }, signal);
}

/** Gives a server its articles through its own API; their ids come back. */
export async function fillTarget(
  target: Target,
  articles: number,
  signal: AbortSignal,
): Promise<string[]> {
  const ids: string[] = [];
  for (let first = 0; first < articles; first += CHUNK) {
    const length = Math.min(CHUNK, articles - first);
    const entries = Array.from({ length }, (_, at) => articleOf(first + at));
    const request = { method: 'POST', path: `${entriesPath}/bulk`, body: { entries } } as const;
    const { text } = await callTarget(target, request, signal);
    const reply = JSON.parse(text) as { items: { id: string }[] };
    ids.push(...reply.items.map(({ id }) => id));
  }
  return ids;
}
