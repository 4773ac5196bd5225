import type { Article } from '../articles.ts';

/** L3's table: what somebody who knows PostgreSQL writes for these articles and nothing else. */
export const createTable = `
create table articles (
  id uuid primary key default uuidv7(),
  slug text not null unique,
  title text not null,
  body text,
  author text,
  views int,
  published_on timestamptz(3),
  status text not null default 'published',
  version int not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  published_at timestamptz(3) default now(),
  created_by text,
  updated_by text,
  words tsvector generated always as (setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple',
    coalesce(slug, '') || ' ' || coalesce(author, '') || ' ' || coalesce(body, '')), 'B')) stored
);
create index on articles (views, id);
create index on articles (published_on, id);
create index on articles using gin (words);`;

/** A row as the driver reads it, times as PostgreSQL's text in UTC. */
export interface Row extends Article {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly published_at: string | null;
  readonly created_by: string | null;
  readonly updated_by: string | null;
}

export const columns =
  'id, slug, title, body, author, views, published_on, status, version, created_at, updated_at, published_at, created_by, updated_by';

export const get = { name: 'get', text: `select ${columns} from articles where id = $1` };
/** Version 7 UUIDs sort by the time they were made: the primary key serves the newest first. */
export const list = {
  name: 'list',
  text: `select ${columns} from articles order by id desc limit $1`,
};
/** The same, behind an id, or behind so many of them; a good author has both. */
export const listBehind = {
  name: 'list-behind',
  text: `select ${columns} from articles where id < $2 order by id desc limit $1`,
};
export const listFrom = {
  name: 'list-from',
  text: `select ${columns} from articles order by id desc limit $1 offset $2`,
};
export const estimate = {
  name: 'estimate',
  text: `select reltuples::bigint::text as total from pg_class where oid = 'articles'::regclass`,
};
/** All that have the words, the best first, with how many there are. */
export const search = {
  name: 'search',
  text: `select ${columns}, ts_rank_cd(words, query, 1) as score, count(*) over () as total
    from articles, to_tsquery('simple', $1) as query where words @@ query order by score desc, id desc limit $2`,
};
export const listFiltered = {
  name: 'list-filtered',
  text: `select ${columns} from articles where views < $2 order by views desc, id desc limit $1`,
};
export const insert = {
  name: 'insert',
  text: `insert into articles (title, slug, body, author, views, published_on, created_by, updated_by)
    values ($1, $2, $3, $4, $5, $6, $7, $7) returning ${columns}`,
};
export const insertMany = {
  name: 'insert-many',
  text: `insert into articles (title, slug, body, author, views, published_on, created_by, updated_by)
    select *, $7::text, $7::text
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::timestamptz[])
    returning ${columns}`,
};

export const lockMany = {
  name: 'lock-many',
  text: 'select id from articles where id = any($1::uuid[]) order by id for update',
};
export const updateMany = {
  name: 'update-many',
  text: `update articles as a set author = n.author, views = n.views, version = version + 1, updated_at = now(), updated_by = $4
    from unnest($1::uuid[], $2::text[], $3::int[]) as n(id, author, views) where a.id = n.id
    returning ${columns
      .split(', ')
      .map((name) => `a.${name}`)
      .join(', ')}`,
};

export const isoTime = (text: string): string => {
  const millis = text[19] === '.' ? text.slice(20, text.indexOf('+')).padEnd(3, '0') : '000';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${millis}Z`;
};

/** A row in the shape of the product's canonical entry. */
export const toReply = (row: Row) => ({
  id: row.id,
  collection: 'articles',
  status: row.status,
  version: row.version,
  locale: 'en',
  created_at: isoTime(row.created_at),
  updated_at: isoTime(row.updated_at),
  published_at: row.published_at && isoTime(row.published_at),
  created_by: row.created_by,
  updated_by: row.updated_by,
  data: {
    body: row.body,
    slug: row.slug,
    title: row.title,
    views: row.views,
    author: row.author,
    published_on: isoTime(row.published_on),
  },
});
