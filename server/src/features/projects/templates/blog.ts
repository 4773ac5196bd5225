import type { NewCollection } from './index.ts';

const authors: NewCollection = {
  name: 'authors',
  label: 'Authors',
  fields: [
    { name: 'name', type: 'text', required: true, indexed: true, options: { max_length: 200 } },
    { name: 'slug', type: 'slug', unique: true, options: { from: 'name' } },
    { name: 'email', type: 'email', hidden: true },
    { name: 'bio', type: 'editor' },
  ],
};

const categories: NewCollection = {
  name: 'categories',
  label: 'Categories',
  fields: [
    { name: 'name', type: 'text', required: true, indexed: true, options: { max_length: 200 } },
    { name: 'slug', type: 'slug', unique: true, options: { from: 'name' } },
    { name: 'description', type: 'text' },
  ],
};

const posts: NewCollection = {
  name: 'posts',
  label: 'Posts',
  default_status: 'draft',
  fields: [
    { name: 'title', type: 'text', required: true, indexed: true, options: { max_length: 200 } },
    { name: 'slug', type: 'slug', unique: true, options: { from: 'title' } },
    { name: 'excerpt', type: 'text', options: { max_length: 500 } },
    { name: 'body', type: 'editor' },
    { name: 'author', type: 'relation', options: { collection: 'authors' } },
    {
      name: 'categories',
      type: 'relation',
      options: { collection: 'categories', multiple: true, on_delete: 'set_null' },
    },
    { name: 'published_on', type: 'date', indexed: true },
    { name: 'featured', type: 'bool', indexed: true, default: false },
  ],
};

/** Posts by authors in categories. */
export const blog: readonly NewCollection[] = [authors, categories, posts];
