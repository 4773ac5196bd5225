/** Collections with a field of every type, as a schema file has them. */
export const everyField = {
  collections: [
    {
      name: 'authors',
      label: 'Authors */ of articles',
      fields: [
        { name: 'name', type: 'text', required: true, indexed: true },
        {
          name: 'best',
          type: 'relation',
          options: { collection: 'articles', on_delete: 'set_null' },
        },
      ],
    },
    {
      name: 'articles',
      rules: { list: '', view: '' },
      fields: [
        { name: 'title', type: 'text', required: true, options: { max_length: 200 } },
        { name: 'slug', type: 'slug', required: true, unique: true, options: { from: 'title' } },
        { name: 'author', type: 'relation', options: { collection: 'authors' } },
        { name: 'readers', type: 'relation', options: { collection: 'authors', multiple: true } },
        {
          name: 'kind',
          type: 'select',
          required: true,
          default: 'news',
          options: { values: ['news', 'it\'s "odd"'] },
        },
        { name: 'tags', type: 'select', options: { values: ['a', 'b'], multiple: true } },
        { name: 'meta', type: 'json' },
        { name: 'place', type: 'geopoint' },
        { name: 'price', type: 'number', validation: { min: 1, required: false } },
        { name: 'stock', type: 'integer', indexed: true },
        { name: 'open', type: 'boolean' },
        { name: 'day', type: 'date' },
        {
          name: 'first_seen',
          type: 'datetime',
          readonly: true,
          options: { min: '2020-01-01T00:00:00Z' },
        },
        {
          name: 'seo',
          type: 'component',
          options: {
            fields: [
              { name: 'title', type: 'text', required: true },
              { name: 'weight', type: 'integer' },
            ],
          },
        },
        {
          name: 'links',
          type: 'component',
          options: { multiple: true, fields: [{ name: 'href', type: 'url', required: true }] },
        },
        {
          name: 'body',
          type: 'blocks',
          options: {
            blocks: {
              hero: [{ name: 'heading', type: 'text', required: true }],
              quote: [
                { name: 'text', type: 'richtext' },
                { name: 'who', type: 'relation', options: { collection: 'authors' } },
              ],
            },
          },
        },
        { name: 'secret', type: 'text', required: true, default: 'x', hidden: true },
      ],
    },
    {
      name: 'home',
      type: 'singleton',
      fields: [{ name: 'headline', type: 'text' }],
    },
  ],
};
