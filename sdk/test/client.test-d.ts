import { type CmsClient, createClient, type Entry } from '../src/index.ts';
import type { Collections } from './typed-collections.fixture.ts';

/**
 * What compiles and what must not. `tsc` runs this with the check of the package: a line below
 * "expect-error" that compiles is itself an error.
 */
export async function typed(client: CmsClient<Collections>): Promise<void> {
  const posts = client.entries('posts');
  const post = await posts.create({ title: 'A', kind: 'news' });
  const title: string = post.data.title;
  const body: string | null | undefined = post.data.body;
  const version: number = post.version;
  await posts.update(post.id, { body: null }, { ifMatch: version });
  await posts.list({ sort: ['-title', 'created_at'], per_page: 10 });
  await posts.list({
    filter: {
      title: { contains: 'A' },
      'author.name': 'Ann',
      _or: [{ body: null }, 'kind = news'],
    },
  });
  await posts.createMany([{ data: { title: title + body }, status: 'draft' }]);
  for await (const each of posts.iterate({ sort: 'title' }))
    each.data.kind satisfies 'news' | 'guide';
  await client.singleton('home').put({ headline: 'Hi' });

  // @ts-expect-error: there is no such collection
  client.entries('pots');
  // @ts-expect-error: there is no such field
  await posts.create({ title: 'A', tilte: 'B' });
  // @ts-expect-error: title is required
  await posts.create({ kind: 'news' });
  // @ts-expect-error: not one of the values
  await posts.create({ title: 'A', kind: 'blog' });
  // @ts-expect-error: a number is no text
  await posts.update('id', { title: 1 });
  // @ts-expect-error: what is required can't be cleared
  await posts.update('id', { title: null });
  // @ts-expect-error: there is no such field to filter by
  await posts.list({ filter: { tilte: 'A' } });
  // @ts-expect-error: there is no such operator
  await posts.list({ filter: { title: { like: 'A' } } });
  // @ts-expect-error: body has no index to sort by
  await posts.list({ sort: 'body' });
  // @ts-expect-error: there is no such field to read
  void post.data.tilte;
  // @ts-expect-error: body may be absent
  body.length.toFixed();
  // @ts-expect-error: posts holds many entries
  client.singleton('posts');
  // @ts-expect-error: the version is a number
  await posts.delete('id', { ifMatch: '3' });
}

/** Without an interface every collection holds plain records. */
export async function untyped(): Promise<Entry> {
  const client = createClient({ url: 'http://localhost:3000' });
  const entry = await client.entries('anything').create({ whatever: 1 });
  const value: unknown = entry.data['whatever'];
  void value;
  await client.singleton('home').get();
  const health = await client.trpc.system.health.query({});
  health.version satisfies string;
  // @ts-expect-error: the procedure wants a collection
  await client.trpc.entries.list.query({});
  // @ts-expect-error: a url is needed
  createClient({});
  return entry;
}
