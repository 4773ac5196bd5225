import { deepStrictEqual } from 'node:assert';
import type { CmsClient } from '@cms/sdk';
import type { Author, Page, Post } from './model.ts';
import { readAuthors, readPages, readPosts } from './read-folder.ts';

/**
 * Reads every entry of an imported blog back, one by one, and compares it with the folder. Returns how
 * many are equal; throws an AssertionError with the difference at the first that is not.
 */
export async function verifyBlog(client: CmsClient, folder: string): Promise<number> {
  const authorNames = new Map<string, string>();
  const authors = await readAuthors(folder);
  let equal = 0;
  for await (const { id, data } of client.entries('authors').iterate({ limit: 100 })) {
    const author = data as unknown as Author;
    authorNames.set(id, author.name);
    deepStrictEqual(data, authors.get(author.name) ?? { name: author.name });
    equal += 1;
  }
  const posts = await bySlug<Post>(client, 'posts');
  for await (const post of readPosts(folder)) {
    const id = posts.get(post.slug) ?? `post ${post.slug} is missing`;
    const data = (await client.entries('posts').get(id)).data as unknown as Post;
    deepStrictEqual({ ...data, author: authorNames.get(data.author) }, post);
    equal += 1;
  }
  const pages = await bySlug<Page>(client, 'pages');
  for await (const page of readPages(folder)) {
    const id = pages.get(page.slug) ?? `page ${page.slug} is missing`;
    deepStrictEqual((await client.entries('pages').get(id)).data, page);
    equal += 1;
  }
  return equal;
}

async function bySlug<Data extends { slug: string }>(
  client: CmsClient,
  collection: string,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for await (const { id, data } of client.entries(collection).iterate({ limit: 100 }))
    ids.set((data as unknown as Data).slug, id);
  return ids;
}
