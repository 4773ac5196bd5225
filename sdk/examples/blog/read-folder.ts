import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Author, Language, Page, Post } from './model.ts';

/** The files of a blog's folder: authors.json, posts.ndjson, pages.ndjson. */
export interface SourceAuthor {
  readonly id: number;
  readonly name: string;
  readonly website?: string;
}
export interface SourcePost extends Omit<Post, 'author'> {
  /** The author's name, which may be in no other file. */
  readonly author: string;
}
interface SourcePage {
  readonly slug: string;
  readonly locales: Partial<Record<Language, { readonly title: string; readonly body: string }>>;
}

/** The authors of the file, by name. */
export async function readAuthors(folder: string): Promise<Map<string, Author>> {
  const text = await readFile(join(folder, 'authors.json'), 'utf8');
  const authors = Object.entries(JSON.parse(text) as Record<string, SourceAuthor>);
  return new Map(
    authors.map(([name, { id, website }]) => [
      name,
      { name, github_id: id, ...(website === undefined ? {} : { website }) },
    ]),
  );
}

/** The posts, one by one; dates in UTC, as the product keeps them. */
export async function* readPosts(folder: string): AsyncGenerator<SourcePost> {
  for await (const post of readLines<SourcePost>(join(folder, 'posts.ndjson')))
    yield { ...post, date: new Date(post.date).toISOString() };
}

/** The pages with their translations as a list. */
export async function* readPages(folder: string): AsyncGenerator<Page> {
  for await (const { slug, locales } of readLines<SourcePage>(join(folder, 'pages.ndjson')))
    yield {
      slug,
      translations: Object.entries(locales).map(([language, text]) => ({
        language: language as Language,
        ...text,
      })),
    };
}

/** One JSON value a line. Not by readline: that also ends lines at U+2028, which JSON text may hold. */
async function* readLines<T>(file: string): AsyncGenerator<T> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as T;
  }
  if (rest.trim() !== '') yield JSON.parse(rest) as T;
}
