import type { CmsClient } from '@cms/sdk';

/** The languages that pages are written in. */
export const languages = ['en', 'es', 'fr', 'ja', 'ko', 'zh-cn'] as const;
export type Language = (typeof languages)[number];

/** The blog's collections. `cms schema pull` would write the same. */
export const collections = [
  {
    name: 'authors',
    label: 'Authors',
    fields: [
      { name: 'name', type: 'text', required: true, unique: true },
      { name: 'github_id', type: 'integer' },
      { name: 'website', type: 'url' },
    ],
  },
  {
    name: 'posts',
    label: 'Posts',
    fields: [
      { name: 'slug', type: 'slug', required: true, unique: true },
      { name: 'title', type: 'text', required: true },
      { name: 'category', type: 'text', indexed: true },
      {
        name: 'author',
        type: 'relation',
        required: true,
        options: { collection: 'authors', on_delete: 'restrict' },
      },
      { name: 'date', type: 'datetime', required: true, indexed: true },
      { name: 'body', type: 'editor', required: true },
    ],
  },
  {
    name: 'pages',
    label: 'Pages',
    fields: [
      { name: 'slug', type: 'slug', required: true, unique: true },
      {
        name: 'translations',
        type: 'component',
        required: true,
        options: {
          multiple: true,
          min_items: 1,
          fields: [
            {
              name: 'language',
              type: 'select',
              required: true,
              options: { values: [...languages] },
            },
            { name: 'title', type: 'text', required: true },
            { name: 'body', type: 'editor', required: true },
          ],
        },
      },
    ],
  },
] as const;

/** What `cms types` writes for these collections, as far as the example needs it. */
export interface Author {
  name: string;
  github_id?: number | null;
  website?: string | null;
}
export interface Post {
  slug: string;
  title: string;
  category?: string | null;
  author: string;
  date: string;
  body: string;
}
export interface Page {
  slug: string;
  translations: { language: Language; title: string; body: string }[];
}

/** Creates the collections that are not there yet, in an order in which relations find theirs. */
export async function createCollections(client: CmsClient): Promise<void> {
  const { items } = await client.collections.list({ limit: 100 });
  const known = new Set(items.map((each) => each.name));
  for (const collection of collections)
    if (!known.has(collection.name))
      await client.collections.create(structuredClone(collection) as never);
}
