import type { Pool } from 'pg';
import { columns, isoTime, type Row, toReply } from './driver-table.ts';

/** L3's second and third table: stories as articles are, but for authors that are rows of their own. */
export const createStories = `
create table writers (
  id uuid primary key default uuidv7(),
  name text not null,
  bio text,
  status text not null default 'published',
  version int not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  published_at timestamptz(3) default now(),
  created_by text,
  updated_by text
);
create table stories (like articles including all excluding generated);
alter table stories alter author type uuid using author::uuid, add foreign key (author) references writers;
create index on stories (author);`;

interface Writer {
  readonly name: string;
  readonly bio: string;
}

const insertWriters = {
  name: 'insert-writers',
  text: 'insert into writers (name, bio, created_by, updated_by) select *, $3::text, $3::text from unnest($1::text[], $2::text[]) returning id',
};
const insertStories = {
  name: 'insert-stories',
  text: `insert into stories (title, slug, body, author, views, published_on, created_by, updated_by)
    select *, $7::text, $7::text
    from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::int[], $6::timestamptz[])
    returning id`,
};
const system =
  'id, status, version, created_at, updated_at, published_at, created_by, updated_by'.split(', ');
const own = columns.split(', ').map((name) => `s.${name}`);
const listStories = {
  name: 'list-stories',
  text: `select ${own.join(', ')}, w.name, w.bio, ${system.map((name) => `w.${name} as w_${name}`).join(', ')}
    from stories s left join writers w on w.id = s.author order by s.id desc limit $1`,
};

/** The ids of new writers or stories. */
export async function fillStories(
  pool: Pool,
  entries: readonly (Writer | Row)[],
  actor: string,
): Promise<{ items: { id: string }[] }> {
  const isStory = entries.every((entry) => 'slug' in entry);
  const fields = isStory
    ? ['title', 'slug', 'body', 'author', 'views', 'published_on']
    : ['name', 'bio'];
  const values = fields.map((field) =>
    entries.map((entry) => (entry as unknown as Record<string, unknown>)[field]),
  );
  const statement = isStory ? insertStories : insertWriters;
  const { rows } = await pool.query<{ id: string }>({ ...statement, values: [...values, actor] });
  return { items: rows };
}

type StoryRow = Row & { readonly name: string; readonly bio: string } & {
  readonly [K in 'id' | 'status' | 'version' | 'created_at' | 'updated_at' as `w_${K}`]: string;
} & { readonly w_published_at: string | null };

/** The newest stories, each with its writer in the place of the id. */
export async function readStories(pool: Pool, limit: number): Promise<object[]> {
  const { rows } = await pool.query<StoryRow>({ ...listStories, values: [limit] });
  return rows.map((row) => {
    const { data, ...story } = toReply(row);
    return { ...story, collection: 'stories', data: { ...data, author: toWriter(row) } };
  });
}

const toWriter = (row: StoryRow) => ({
  id: row.w_id,
  collection: 'writers',
  status: row.w_status,
  version: row.w_version,
  locale: 'en',
  created_at: isoTime(row.w_created_at),
  updated_at: isoTime(row.w_updated_at),
  published_at: row.w_published_at && isoTime(row.w_published_at),
  created_by: row.created_by,
  updated_by: row.updated_by,
  data: { bio: row.bio, name: row.name },
});
