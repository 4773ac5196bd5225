import { prepared, quoteName, type Statement } from '../../platform/db/sql.ts';
import type { BoundRule } from '../policy/bound-rule.ts';
import { rowColumns } from './row.ts';

/** The statements of one collection; each addresses its partition directly. */
export interface EntryStatements {
  readonly table: string;
  readonly get: Statement;
  readonly lock: Statement;
  readonly insert: Statement;
  /** The same for who may write the rows that a rule holds for; $15 is what was sent, as JSON texts. */
  readonly insertBy: (rule: Pick<BoundRule, 'whereSent'>) => Statement;
  readonly update: Statement;
  readonly remove: Statement;
}

/** Holds only while the collection is as the writer knows it; else nothing is written. */
const unchanged = 'select 1 from collections where id = $1 and project_id = $2 and revision = $3';

/**
 * One statement a write: identity, state, version, event and references commit together without
 * any further round trip.
 * $1 collection, $2 project, $3 revision, $4 ids, $5 statuses, $6 data texts, $7 time, $8 actor,
 * $9-$13 the references' from, field, path, to, collection, $14 on_delete.
 */
const insert = (table: string) => `
with c as (${unchanged}),
n as materialized (
  select id, status, data::jsonb as data
  from unnest($4::text[], $5::text[], $6::text[]) as n(id, status, data), c),
${inserted(table)}
select count(*)::int as written from e`;

/**
 * The same, when the rule holds for every row: it is asked of the rows as they are going to be, under
 * the partition's own name, and whatever it refuses, nothing at all is written.
 */
const insertBy = (table: string, rule: Pick<BoundRule, 'whereSent'>) => `
with known as (${unchanged}),
sent as materialized (
  select id, status, data::jsonb as data, sent::jsonb as sent
  from unnest($4::text[], $5::text[], $6::text[], $15::text[]) as n(id, status, data, sent)),
allowed as materialized (
  select ${table}.entry_id from (
    select id as entry_id, $2::text as project_id, 'current' as stage, status, 1 as version, $7::timestamptz as created_at, $7::timestamptz as updated_at,
      case when status = 'published' then $7::timestamptz end as published_at, $8::text as created_by, $8::text as updated_by, data, sent from sent) as ${table}
  where ${rule.whereSent(16, `${table}.sent`)}),
c as materialized (select 1 from known where (select count(*) from allowed) = (select count(*) from sent)),
n as materialized (select id, status, data from sent, c),
${inserted(table)}
select count(*)::int as written, (select count(*) from known) > (select count(*) from c) as refused from e`;

/** What is written of the rows in `n` while there is a row in `c`. */
const inserted = (table: string) => `e as (
  insert into entries (id, project_id, collection_id, status, version, created_at, updated_at, published_at, created_by, updated_by)
  select id, $2, $1, status, 1, $7::timestamptz, $7::timestamptz, case when status = 'published' then $7::timestamptz end, $8::text, $8::text from n
  returning id),
s as (
  insert into ${table} (entry_id, project_id, collection_id, stage, status, version, created_at, updated_at, published_at, created_by, updated_by, data)
  select id, $2, $1, 'current', status, 1, $7::timestamptz, $7::timestamptz, case when status = 'published' then $7::timestamptz end, $8::text, $8::text, data from n),
l as (
  insert into events (project_id, type, collection_id, entry_id, version, actor, at)
  select $2, 'entry.created', $1, id, 1, $8::text, $7::timestamptz from n
  returning id, entry_id),
v as (
  insert into entry_versions (entry_id, version, project_id, collection_id, operation, status, data, author, at, event_id)
  select n.id, 1, $2, $1, 'create', n.status, n.data, $8::text, $7::timestamptz, l.id from n join l on l.entry_id = n.id),
r as (
  insert into entry_references (from_entry_id, field_id, path, to_entry_id, project_id, from_collection_id, to_collection_id, on_delete)
  select f, field, path, t, $2, $1, target, rule
  from unnest($9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[]) as r(f, field, path, t, target, rule), c)`;

/**
 * $1 collection, $2 project, $3 revision, $4 id, $5 status, $6 data, $7 time, $8 actor.
 * The row is locked before, so the version that it returns is the next one.
 */
const update = (table: string) => `
with c as (${unchanged}),
s as (
  update ${table} set data = $6::jsonb, status = $5, version = version + 1, updated_at = $7::timestamptz, updated_by = $8::text,
    published_at = case when $5 = 'published' and status <> 'published' then $7::timestamptz else published_at end
  from c where stage = 'current' and entry_id = $4 and project_id = $2
  returning ${rowColumns.replace('data::text as data', "'' as data")}),
e as (
  update entries set status = $5, version = s.version, updated_at = $7::timestamptz, updated_by = $8::text, published_at = s.published_at
  from s where id = $4 and project_id = $2),
l as (
  insert into events (project_id, type, collection_id, entry_id, version, actor, at)
  select $2, 'entry.updated', $1, $4, s.version, $8::text, $7::timestamptz from s
  returning id),
v as (
  insert into entry_versions (entry_id, version, project_id, collection_id, operation, status, data, author, at, event_id)
  select $4, s.version, $2, $1, 'update', $5, $6::jsonb, $8::text, $7::timestamptz, l.id from s, l)
select * from s`;

/** $1 collection, $2 project, $3 ids, $4 time, $5 actor. The rows are locked before. */
const remove = (table: string) => `
with s as (
  delete from ${table} where stage = 'current' and entry_id = any($3::text[]) and project_id = $2
  returning entry_id, version + 1 as version, status, data),
e as (
  update entries set deleted_at = $4::timestamptz, version = s.version, updated_at = $4::timestamptz, updated_by = $5::text
  from s where id = s.entry_id and project_id = $2),
l as (
  insert into events (project_id, type, collection_id, entry_id, version, actor, at)
  select $2, 'entry.deleted', $1, entry_id, version, $5::text, $4::timestamptz from s
  returning id, entry_id),
v as (
  insert into entry_versions (entry_id, version, project_id, collection_id, operation, status, data, author, at, event_id)
  select s.entry_id, s.version, $2, $1, 'delete', s.status, s.data, $5::text, $4::timestamptz, l.id from s join l using (entry_id))
select count(*)::int as written from s`;

/** Builds the statements for a partition. */
export function entryStatements(storage: string): EntryStatements {
  const table = quoteName(storage);
  const one = `select ${rowColumns} from ${table} where stage = 'current' and entry_id = $1 and project_id = $2`;
  return {
    table,
    get: prepared(one),
    lock: { text: `${one} for update` },
    insert: prepared(insert(table)),
    insertBy: (rule) => prepared(insertBy(table, rule)),
    update: prepared(update(table)),
    remove: { text: remove(table) },
  };
}
