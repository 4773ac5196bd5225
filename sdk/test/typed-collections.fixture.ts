interface Post {
  title: string;
  kind: 'news' | 'guide';
  body?: string | null;
  author?: string | null;
  readers?: string[] | null;
}
interface Person {
  name: string;
  company?: string | null;
}

/** What `cms types` writes, for the type tests. */
export interface Collections {
  posts: {
    read: Post;
    create: { title: string; kind?: 'news' | 'guide'; body?: string | null };
    update: { title?: string; kind?: 'news' | 'guide'; body?: string | null };
    sort: 'title';
    relations: { author: { to: 'people' }; readers: { to: 'people'; many: true } };
    singleton: false;
  };
  people: {
    read: Person;
    create: Person;
    update: Partial<Person>;
    sort: 'name';
    relations: { company: { to: 'companies' } };
    singleton: false;
  };
  companies: {
    read: { title: string };
    create: { title: string };
    update: { title?: string };
    sort: never;
    singleton: false;
  };
  home: {
    read: { headline?: string | null; post?: string | null };
    create: { headline?: string | null };
    update: { headline?: string | null };
    sort: never;
    relations: { post: { to: 'posts' } };
    singleton: true;
  };
}
