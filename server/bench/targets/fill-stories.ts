import { articleOf, pick } from '../articles.ts';
import { storiesPath, writersPath } from '../scenarios/scenario.ts';
import { callTarget } from './call-target.ts';
import type { Target } from './target.ts';

const WRITERS = 500;
const STORIES = 5000;
const CHUNK = 1000;

/** Makes the product's collections of stories and their writers; L3 has its tables already. */
export async function makeStories(product: Target, signal: AbortSignal): Promise<void> {
  const make = (name: string, fields: readonly object[]) =>
    callTarget(
      product,
      { method: 'POST', path: '/api/v1/collections', body: { name, fields } },
      signal,
    );
  await make('writers', [
    { name: 'name', type: 'text' },
    { name: 'bio', type: 'text' },
  ]);
  await make('stories', [
    { name: 'title', type: 'text', required: true },
    { name: 'slug', type: 'slug', unique: true },
    { name: 'body', type: 'editor' },
    { name: 'author', type: 'relation', options: { collection: 'writers' } },
    { name: 'views', type: 'integer', indexed: true },
    { name: 'published_on', type: 'datetime', indexed: true },
  ]);
}

/** Gives a server writers, and stories as articles are but by these. */
export async function fillStories(target: Target, signal: AbortSignal): Promise<void> {
  const writers = Array.from({ length: WRITERS }, (_, at) => ({
    name: `Writer ${at}`,
    bio: articleOf(at).body.slice(0, 300),
  }));
  const ids = await send(writersPath, writers);
  for (let first = 0; first < STORIES; first += CHUNK)
    await send(
      storiesPath,
      Array.from({ length: CHUNK }, (_, at) => ({
        ...articleOf(first + at),
        author: ids[pick(first + at, ids.length)],
      })),
    );

  async function send(path: string, entries: readonly object[]): Promise<string[]> {
    const request = { method: 'POST', path: `${path}/bulk`, body: { entries } } as const;
    const { text } = await callTarget(target, request, signal);
    return (JSON.parse(text) as { items: { id: string }[] }).items.map(({ id }) => id);
  }
}
