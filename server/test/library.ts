import type { Json, TestServer } from './harness.ts';

/** Companies, authors who work for them, and posts by authors with comments: what includes are tried on. */
export interface Library {
  readonly companies: readonly string[];
  readonly authors: readonly string[];
  readonly comments: readonly string[];
  readonly posts: readonly string[];
}

const collections = [
  {
    name: 'companies',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'taxes', type: 'text', hidden: true },
    ],
    rules: { list: 'name != "Secret Ltd"', view: '' },
  },
  {
    name: 'authors',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'company', type: 'relation', options: { collection: 'companies' } },
      { name: 'mail', type: 'email', rules: { read: '@request.auth.id != ""' } },
    ],
    rules: { list: '', view: '' },
  },
  {
    name: 'comments',
    fields: [
      { name: 'text', type: 'text' },
      { name: 'status', type: 'select', options: { values: ['approved', 'spam'] } },
      { name: 'rank', type: 'integer' },
      { name: 'by', type: 'relation', options: { collection: 'authors' } },
    ],
    rules: { list: '', view: '' },
  },
  { name: 'notes', fields: [{ name: 'text', type: 'text' }] },
  {
    name: 'posts',
    fields: [
      { name: 'title', type: 'text' },
      { name: 'secret', type: 'text', hidden: true },
      { name: 'author', type: 'relation', options: { collection: 'authors' } },
      { name: 'editor', type: 'relation', options: { collection: 'authors' } },
      { name: 'note', type: 'relation', options: { collection: 'notes' } },
      {
        name: 'checker',
        type: 'relation',
        options: { collection: 'authors' },
        rules: { read: '@request.auth.id != ""' },
      },
      {
        name: 'comments',
        type: 'relation',
        options: { collection: 'comments', multiple: true, on_delete: 'set_null' },
      },
    ],
    rules: { list: '', view: '' },
  },
];

/** Makes the collections and some entries; posts are `posts` many. */
export async function fillLibrary(server: TestServer, posts = 2): Promise<Library> {
  for (const body of collections) await expected(server, '/api/v1/collections', body);
  const companies = await made(server, 'companies', [
    { name: 'Press', taxes: 'none' },
    { name: 'Secret Ltd' },
  ]);
  const authors = await made(server, 'authors', [
    { name: 'Jane', company: companies[0], mail: 'jane@example.com' },
    { name: 'Joe', company: companies[1] },
  ]);
  const comments = await made(server, 'comments', [
    { text: 'one', status: 'approved', rank: 1, by: authors[0] },
    { text: 'two', status: 'spam', rank: 2, by: authors[1] },
    { text: 'three', status: 'approved', rank: 3, by: authors[1] },
    { text: 'four', status: 'approved', rank: 4, by: authors[0] },
  ]);
  const [note] = await made(server, 'notes', [{ text: 'for the house' }]);
  const articles = Array.from({ length: posts }, (_, at) => ({
    title: `post ${at}`,
    secret: 'hidden',
    author: authors[at % 2],
    editor: authors[0],
    checker: authors[0],
    note,
    comments: at % 2 === 0 ? comments : comments.slice(2),
  }));
  return { companies, authors, comments, posts: await made(server, 'posts', articles) };
}

async function made(server: TestServer, name: string, data: readonly object[]): Promise<string[]> {
  const body = { entries: data.map((each) => ({ data: each })) };
  const reply = await expected(server, `/api/v1/collections/${name}/entries/bulk`, body);
  return (reply['items'] ?? []).map((item) => String(item['id']));
}

async function expected(server: TestServer, path: string, body: object): Promise<Json> {
  const reply = await server.ask('POST', path, { body });
  if (reply.status !== 201) throw new Error(`${path} answered ${reply.status}: ${reply.text}`);
  return reply.body;
}
