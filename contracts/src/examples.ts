/** What the document shows: one collection, and bodies that fit it. */

const title = {
  id: 'fld_01kaj5cz5rf4q9t2jw2hq5m8e3',
  name: 'title',
  type: 'text',
  label: 'Title',
  indexed: true,
  localized: false,
  hidden: false,
  readonly: false,
};

export const exampleCollection = {
  id: 'col_01kaj5cz5rf4q9t2jw2hq5m8e3',
  name: 'articles',
  label: 'Articles',
  type: 'content',
  status: 'published',
  default_status: 'published',
  fields: [{ ...title, required: true, unique: false, options: { max_length: 200 } }],
  schema: [
    { ...title, validation: { required: true, unique: false, max_length: 200 }, options: {} },
  ],
  options: {},
  rules: { list: '', view: '', create: null, update: null, delete: null },
  revision: 1,
  created_at: '2026-01-31T09:30:00.000Z',
  updated_at: '2026-01-31T09:30:00.000Z',
};

export const exampleNewCollection = {
  name: 'articles',
  label: 'Articles',
  fields: [
    { name: 'title', type: 'text', required: true, indexed: true, options: { max_length: 200 } },
    { name: 'body', type: 'editor' },
  ],
  rules: { list: '', view: '' },
};

export const exampleData = { title: 'New Post', body: 'Content as it is typed.' };
