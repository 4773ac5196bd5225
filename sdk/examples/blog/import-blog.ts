import type { CmsClient } from '@cms/sdk';
import { type Author, createCollections, type Page, type Post } from './model.ts';
import { readAuthors, readPages, readPosts, type SourcePost } from './read-folder.ts';

const BATCH = 50;

/** How many entries an import made; what was there already is left as it is. */
export interface Imported {
  readonly authors: number;
  readonly posts: number;
  readonly pages: number;
}

/** Imports a blog's folder. It may be run again: what is there is known by its name or slug. */
export async function importBlog(client: CmsClient, folder: string): Promise<Imported> {
  await createCollections(client);
  const posts: SourcePost[] = [];
  for await (const post of readPosts(folder)) posts.push(post);

  const authors = await readAuthors(folder);
  for (const { author } of posts) if (!authors.has(author)) authors.set(author, { name: author });
  const authorIds = await known<Author>(client, 'authors', 'name');
  const newAuthors = [...authors.values()].filter(({ name }) => !authorIds.has(name));
  for (const entry of await createAll<Author>(client, 'authors', newAuthors))
    authorIds.set(entry.data.name, entry.id);

  const postIds = await known<Post>(client, 'posts', 'slug');
  const newPosts = posts
    .filter(({ slug }) => !postIds.has(slug))
    .map((post) => ({ ...post, author: authorIds.get(post.author) ?? '' }));
  await createAll<Post>(client, 'posts', newPosts);

  const pageIds = await known<Page>(client, 'pages', 'slug');
  const newPages: Page[] = [];
  for await (const page of readPages(folder)) if (!pageIds.has(page.slug)) newPages.push(page);
  await createAll<Page>(client, 'pages', newPages);
  return { authors: newAuthors.length, posts: newPosts.length, pages: newPages.length };
}

interface Created<Data> {
  readonly id: string;
  readonly data: Data;
}

/** Ids of a collection's entries by a field that tells them apart. */
async function known<Data>(
  client: CmsClient,
  collection: string,
  field: keyof Data & string,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for await (const entry of client.entries(collection).iterate({ limit: 100 }))
    ids.set(String((entry.data as Record<string, unknown>)[field]), entry.id);
  return ids;
}

/** Creates entries in batches; each batch is all or nothing. */
async function createAll<Data extends object>(
  client: CmsClient,
  collection: string,
  items: readonly Data[],
): Promise<Created<Data>[]> {
  const created: Created<Data>[] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    const batch = items.slice(start, start + BATCH).map((data) => ({ data: { ...data } }));
    const entries = await client.entries(collection).createMany(batch as never);
    created.push(...(entries as unknown as Created<Data>[]));
  }
  return created;
}
