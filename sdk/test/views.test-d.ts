import type { CmsClient, Entry, ListQuery } from '../src/index.ts';
import type { Collections } from './typed-collections.fixture.ts';

/** The entry of an included relation, where it is to be had. */
const opened = <E>(value: E): Exclude<E, string | null | undefined> =>
  value as Exclude<E, string | null | undefined>;

/** What a view shows is what its type says. `tsc` runs this: an "expect-error" that compiles is an error. */
export async function views(client: CmsClient<Collections>): Promise<void> {
  const posts = client.entries('posts');

  const whole = await posts.get('id');
  whole.data.author satisfies string | null | undefined;
  whole.data satisfies Collections['posts']['read'];

  const authored = (await posts.get('id', { include: ['author'] })).data;
  authored.author satisfies Entry<Collections['people']['read']> | string | null | undefined;
  opened(authored.author).data.name satisfies string;
  opened(authored.author).data.company satisfies string | null | undefined;
  authored.title satisfies string;
  authored.readers satisfies string[] | null | undefined;
  // @ts-expect-error: an author may be missing, or closed
  void authored.author.data;

  const [deep] = (await posts.list({ include: ['author.company', 'readers'] })).items;
  const author = opened(deep?.data.author);
  opened(author.data.company).data.title satisfies string;
  // @ts-expect-error: companies have no names
  void opened(author.data.company).data.name;
  const [reader] = deep?.data.readers ?? [];
  opened(reader).data.name satisfies string;
  opened(reader).data.company satisfies string | null | undefined;

  for await (const { data } of posts.iterate({
    fields: ['title', 'author.name'],
    include: ['author'],
  })) {
    data.title satisfies string;
    opened(data.author).data.name satisfies string;
    // @ts-expect-error: not among the fields
    void data.kind;
    // @ts-expect-error: not among the author's fields
    void opened(data.author).data.company;
  }

  const found = await posts.search('words', {
    include: { readers: { fields: ['name'], limit: 3 } },
  });
  const hit = opened(found.items[0]?.data.readers?.[0]);
  hit.data.name satisfies string;
  // @ts-expect-error: not among the readers' fields
  void hit.data.company;
  found.items[0]?.data.kind satisfies 'news' | 'guide' | undefined;

  const person = await client
    .entries('people')
    .get('id', { include: ['posts_via_author.readers'] });
  person.data.posts_via_author[0]?.data.title satisfies string | undefined;
  opened(person.data.posts_via_author[0]?.data.readers?.[0]).data.name satisfies string;
  person.data.name satisfies string;

  const home = await client.singleton('home').get({ include: ['post'], fields: ['headline'] });
  opened(home.data.post).data.kind satisfies 'news' | 'guide';
  home.data.headline satisfies string | null | undefined;

  // What is asked for only when it runs may be shown in either way.
  const query: ListQuery<'title', keyof Collections['posts']['read']> = {};
  const [either] = (await posts.list(query)).items;
  either?.data.title satisfies string | undefined;
  either?.data.author satisfies Entry<Collections['people']['read']> | string | null | undefined;

  // @ts-expect-error: there is no such field to include
  await posts.list({ include: ['auhtor'] });
  // @ts-expect-error: there is no such field to show
  await posts.list({ fields: ['titel'] });
}

/** Without an interface everything included is unknown. */
export async function untypedViews(client: CmsClient): Promise<unknown> {
  const { data } = await client
    .entries('anything')
    .get('id', { include: ['author', 'a.b'], fields: ['x'] });
  return data['author'];
}
