import { prepared, quoteName, type Statement } from '../../platform/db/sql.ts';
import type { BoundRule } from '../policy/bound-rule.ts';
import type { Field } from '../fields/field.ts';
import { storedWords } from '../fields/entry-words.ts';
import { rowColumns } from './row.ts';

/** The statements of one collection; each addresses its partition directly. */
export interface EntryStatements {
  readonly table: string;
  readonly get: Statement;
  /** Locks the rows of some ids, in the order of the ids. */
  readonly lock: Statement;
  /** The same for one id. */
  readonly lockOne: Statement;
  /** The same, with whether a rule holds for each; $3 is what was sent for it, as JSON texts. */
  readonly lockBy: (rule: Pick<BoundRule, 'whereSent'>) => Statement;
  readonly insert: Statement;
  /** The same for who may write the rows that a rule holds for; $17 is what was sent, as JSON texts. */
  readonly insertBy: (rule: Pick<BoundRule, 'whereSent'>) => Statement;
  readonly update: Statement;
  /** The same for one entry. */
  readonly updateOne: Statement;
  readonly remove: Statement;
}

interface Partition {
  readonly table: string;
  /** The words of the data that some SQL names. */
  readonly wordsOf: (source: string) => string;
}

/** Holds only while the collection is as the writer knows it; else nothing is written. */
const unchanged = 'select 1 from collections where id = $1 and project_id = $2 and revision = $3';

/**
 * One statement a write: identity, state, version, event and references commit together without
 * any further round trip.
 * $1 collection, $2 project, $3 revision, $4 ids, $5 statuses, $6 data texts, $7 time, $8 actor,
 * $9-$13 the references' from, field, path, to, collection, $14 on_delete, $15 request, $16 address.
 */
const insert = ({ table, wordsOf }: Partition) => `
with c as (${unchanged}),
n as materialized (
  select id, status, data::jsonb as data
  from unnest($4::text[], $5::text[], $6::text[]) as n(id, status, data), c),
${inserted({ table, wordsOf })}
select count(*)::int as written from e`;

/**
 * The same, when the rule holds for every row: it is asked of the rows as they are going to be, under
 * the partition's own name, and whatever it refuses, nothing at all is written.
 */
const insertBy = ({ table, wordsOf }: Partition, rule: Pick<BoundRule, 'whereSent'>) => `
with known as (${unchanged}),
sent as materialized (
  select id, status, data::jsonb as data, sent::jsonb as sent
  from unnest($4::text[], $5::text[], $6::text[], $17::text[]) as n(id, status, data, sent)),
allowed as materialized (
  select ${table}.entry_id from (
    select id as entry_id, $2::text as project_id, 'current' as stage, status, 1 as version, $7::timestamptz as created_at, $7::timestamptz as updated_at,
      case when status = 'published' then $7::timestamptz end as published_at, $8::text as created_by, $8::text as updated_by, data, sent from sent) as ${table}
  where ${rule.whereSent(18, `${table}.sent`)}),
c as materialized (select 1 from known where (select count(*) from allowed) = (select count(*) from sent)),
n as materialized (select id, status, data from sent, c),
${inserted({ table, wordsOf })}
select count(*)::int as written, (
  select array_agg(id) from sent, known where id not in (select entry_id from allowed)) as refused from e`;

/** What is written of the rows in `n` while there is a row in `c`. */
const inserted = ({ table, wordsOf }: Partition) => `e as (
  insert into entries (id, project_id, collection_id, status, version, created_at, updated_at, published_at, created_by, updated_by)
  select id, $2, $1, status, 1, $7::timestamptz, $7::timestamptz, case when status = 'published' then $7::timestamptz end, $8::text, $8::text from n
  returning id),
s as (
  insert into ${table} (entry_id, project_id, collection_id, stage, status, version, created_at, updated_at, published_at, created_by, updated_by, data, words)
  select id, $2, $1, 'current', status, 1, $7::timestamptz, $7::timestamptz, case when status = 'published' then $7::timestamptz end, $8::text, $8::text, data, ${wordsOf('data')} from n),
l as (
  insert into events (project_id, type, collection_id, entry_id, version, actor, at, request_id, ip_address)
  select $2, 'entry.created', $1, id, 1, $8::text, $7::timestamptz, $15::text, $16::text from n
  returning id, entry_id),
v as (
  insert into entry_versions (entry_id, version, project_id, collection_id, operation, status, data, author, at, event_id)
  select n.id, 1, $2, $1, 'create', n.status, n.data, $8::text, $7::timestamptz, l.id from n join l on l.entry_id = n.id),
r as (
  insert into entry_references (from_entry_id, field_id, path, to_entry_id, project_id, from_collection_id, to_collection_id, on_delete)
  select f, field, path, t, $2, $1, target, rule
  from unnest($9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[]) as r(f, field, path, t, target, rule), c)`;

/**
 * $1 collection, $2 project, $3 revision, $4 ids, $5 statuses, $6 data texts, $7 time, $8 actor,
 * $9 request, $10 address. The rows are locked before, so the versions that it returns are the next ones. One entry, whose
 * $4, $5 and $6 are no lists, is the same without a join: planning that takes longer than writing it.
 */
function update({ table, wordsOf }: Partition, many: boolean): string {
  const [id, status, data] = many
    ? ['n.id', 'n.status', 'n.data']
    : ['$4::text', '$5::text', '$6::jsonb'];
  const list = `
n as materialized (
  select id, status, data::jsonb as data
  from unnest($4::text[], $5::text[], $6::text[]) as n(id, status, data), c),`;
  return `
with c as (${unchanged}),${many ? list : ''}
s as (
  update ${table} as t set data = ${data}, words = ${wordsOf(data)}, status = ${status}, version = t.version + 1, updated_at = $7::timestamptz, updated_by = $8::text,
    published_at = case when ${status} = 'published' and t.status <> 'published' then $7::timestamptz else t.published_at end
  from ${many ? 'n' : 'c'} where t.stage = 'current' and t.entry_id = ${id} and t.project_id = $2
  returning t.entry_id, t.status, t.version, t.created_at, t.updated_at, t.published_at, t.created_by, t.updated_by),
e as (
  update entries set status = s.status, version = s.version, updated_at = s.updated_at, updated_by = s.updated_by, published_at = s.published_at
  from s where id = ${many ? 's.entry_id' : id} and project_id = $2),
l as (
  insert into events (project_id, type, collection_id, entry_id, version, actor, at, request_id, ip_address)
  select $2, 'entry.updated', $1, entry_id, version, $8::text, $7::timestamptz, $9::text, $10::text from s
  returning id, entry_id, version),
v as (
  insert into entry_versions (entry_id, version, project_id, collection_id, operation, status, data, author, at, event_id)
  select ${id}, l.version, $2, $1, 'update', ${status}, ${data}, $8::text, $7::timestamptz, l.id
  from l${many ? ' join n on n.id = l.entry_id' : ''})
select * from s`;
}

/** $1 collection, $2 project, $3 ids, $4 time, $5 actor, $6 request, $7 address. The rows are locked before. */
const remove = (table: string) => `
with s as (
  delete from ${table} where stage = 'current' and entry_id = any($3::text[]) and project_id = $2
  returning entry_id, version + 1 as version, status, data),
e as (
  update entries set deleted_at = $4::timestamptz, version = s.version, updated_at = $4::timestamptz, updated_by = $5::text
  from s where id = s.entry_id and project_id = $2),
l as (
  insert into events (project_id, type, collection_id, entry_id, version, actor, at, request_id, ip_address)
  select $2, 'entry.deleted', $1, entry_id, version, $5::text, $4::timestamptz, $6::text, $7::text from s
  returning id, entry_id),
v as (
  insert into entry_versions (entry_id, version, project_id, collection_id, operation, status, data, author, at, event_id)
  select s.entry_id, s.version, $2, $1, 'delete', s.status, s.data, $5::text, $4::timestamptz, l.id from s join l using (entry_id))
select count(*)::int as written from s`;

/**
 * $1 ids, $2 project. By joining the ids, not by `any`: with few moments of writing in the table the
 * planner would otherwise skip through the index on those. The rule is asked of the very states that
 * are locked; $3 is what was sent, as JSON texts.
 */
const lock = (table: string, rule?: Pick<BoundRule, 'whereSent'>) => `
select ${rowColumns}${rule ? `, (${rule.whereSent(4, 'asked.sent')}) is true as allowed` : ''}
from ${table} join ${rule ? sentIds : 'unnest($1::text[])'} as asked(id${rule ? ', sent' : ''}) on entry_id = asked.id
where stage = 'current' and project_id = $2
order by entry_id for update of ${table}`;
const sentIds = '(select id, sent::jsonb from unnest($1::text[], $3::text[]) as a(id, sent))';

/** Builds the statements for a partition. */
export function entryStatements(storage: string, fields: readonly Field[]): EntryStatements {
  const table = quoteName(storage);
  const partition: Partition = { table, wordsOf: (source) => storedWords(fields, source) };
  const one = `select ${rowColumns} from ${table} where stage = 'current' and entry_id = $1 and project_id = $2`;
  return {
    table,
    get: prepared(one),
    lock: { text: lock(table) },
    lockOne: { text: `${one} for update` },
    lockBy: (rule) => ({ text: lock(table, rule) }),
    insert: prepared(insert(partition)),
    insertBy: (rule) => prepared(insertBy(partition, rule)),
    update: { text: update(partition, true) },
    updateOne: { text: update(partition, false) },
    remove: { text: remove(table) },
  };
}
