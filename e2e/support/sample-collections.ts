import { mustCall } from './call-api.ts';
import type { RunningServer } from './start-server.ts';

/** A small magazine: every type of field, both ends of a relation, a singleton, public rules. */
export const sampleCollections = [
  {
    name: 'people',
    label: 'People',
    fields: [
      { name: 'name', type: 'text', required: true, options: { min_length: 1, max_length: 80 } },
      { name: 'email', type: 'email', unique: true },
      { name: 'website', type: 'url' },
      { name: 'manager', type: 'relation', options: { collection: 'people' } },
    ],
  },
  {
    name: 'posts',
    label: 'Posts',
    default_status: 'draft',
    rules: { list: '', view: '' },
    fields: [
      { name: 'title', type: 'text', required: true, indexed: true },
      { name: 'slug', type: 'slug', unique: true, options: { from: 'title' } },
      { name: 'body', type: 'richtext', localized: true },
      { name: 'rating', type: 'number', options: { min: 0, max: 5 } },
      { name: 'views', type: 'integer', default: 0, indexed: true },
      { name: 'featured', type: 'boolean', default: false },
      { name: 'day', type: 'date', options: { min: '2000-01-01' } },
      { name: 'starts_at', type: 'datetime', default: 'now' },
      { name: 'kind', type: 'select', required: true, options: { values: ['news', 'guide'] } },
      { name: 'tags', type: 'select', options: { values: ['a', 'b', 'c'], multiple: true } },
      { name: 'extra', type: 'json', options: { schema: { type: 'object' } } },
      { name: 'anything', type: 'json' },
      {
        name: 'author',
        type: 'relation',
        options: { collection: 'people', on_delete: 'set_null' },
      },
      { name: 'readers', type: 'relation', options: { collection: 'people', multiple: true } },
      { name: 'place', type: 'geo_point' },
      { name: 'note', type: 'text', hidden: true },
      { name: 'code', type: 'text', readonly: true, options: { pattern: '^[A-Z]{2}$' } },
      {
        name: 'seo',
        type: 'component',
        options: {
          fields: [
            { name: 'title', type: 'text', required: true },
            { name: 'index', type: 'bool' },
          ],
        },
      },
      {
        name: 'links',
        type: 'component',
        options: {
          multiple: true,
          max_items: 5,
          fields: [{ name: 'href', type: 'url', required: true }],
        },
      },
      {
        name: 'sections',
        type: 'blocks',
        options: {
          blocks: {
            quote: [{ name: 'text', type: 'text', required: true }],
            gallery: [
              { name: 'caption', type: 'text' },
              { name: 'by', type: 'relation', options: { collection: 'people' } },
            ],
          },
        },
      },
    ],
  },
  {
    name: 'settings',
    type: 'singleton',
    rules: { view: '' },
    options: { require_if_match: false },
    schema: [
      { name: 'siteName', type: 'text', validation: { required: true, max_length: 60 } },
      { name: 'dark', type: 'bool' },
    ],
  },
] as const;

/** Creates the collections and some entries in them. Throws where the server refuses one. */
export async function createSamples(server: RunningServer): Promise<void> {
  for (const collection of sampleCollections)
    await mustCall(server, 'POST', '/api/v1/collections', collection);
  const entries = (name: string) => `/api/v1/collections/${name}/entries`;
  const author = await mustCall<{ id: string }>(server, 'POST', entries('people'), {
    name: 'Ada',
    email: 'ada@example.com',
    website: 'https://ada.example.com/',
  });
  await mustCall(server, 'POST', entries('posts'), {
    status: 'published',
    data: {
      title: 'Hello world',
      body: '<p>Hello</p>',
      rating: 4.5,
      day: '2026-01-31',
      kind: 'news',
      tags: ['a', 'c'],
      extra: { deep: [1, { er: true }] },
      author: author.id,
      readers: [author.id],
      place: { lat: 52.5, lng: 13.4 },
      code: 'DE',
      seo: { title: 'Hello', index: true },
      links: [{ href: 'https://example.com/' }],
      sections: [
        { type: 'quote', text: 'Hello' },
        { type: 'gallery', caption: 'Us', by: author.id },
      ],
    },
  });
  await mustCall(server, 'PUT', '/api/v1/collections/settings/entry', { siteName: 'Magazine' });
}
