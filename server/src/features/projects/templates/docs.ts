import type { NewCollection } from './index.ts';

const sections: NewCollection = {
  name: 'sections',
  label: 'Sections',
  fields: [
    { name: 'title', type: 'text', required: true, indexed: true, options: { max_length: 200 } },
    { name: 'slug', type: 'slug', unique: true, options: { from: 'title' } },
    { name: 'position', type: 'integer', indexed: true, default: 0 },
  ],
};

const pages: NewCollection = {
  name: 'pages',
  label: 'Pages',
  default_status: 'draft',
  fields: [
    { name: 'title', type: 'text', required: true, indexed: true, options: { max_length: 200 } },
    { name: 'slug', type: 'slug', unique: true, options: { from: 'title' } },
    { name: 'summary', type: 'text', options: { max_length: 500 } },
    { name: 'body', type: 'editor' },
    { name: 'section', type: 'relation', options: { collection: 'sections' } },
    { name: 'parent', type: 'relation', options: { collection: 'pages', on_delete: 'set_null' } },
    { name: 'position', type: 'integer', indexed: true, default: 0 },
  ],
};

/** Pages in sections, and below each other. */
export const docs: readonly NewCollection[] = [sections, pages];
