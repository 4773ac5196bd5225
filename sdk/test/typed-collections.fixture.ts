/** What `cms types` writes, for the type tests. */
export interface Collections {
  posts: {
    read: { title: string; kind: 'news' | 'guide'; body?: string | null };
    create: { title: string; kind?: 'news' | 'guide'; body?: string | null };
    update: { title?: string; kind?: 'news' | 'guide'; body?: string | null };
    sort: 'title';
    singleton: false;
  };
  home: {
    read: { headline?: string | null };
    create: { headline?: string | null };
    update: { headline?: string | null };
    sort: never;
    singleton: true;
  };
}
