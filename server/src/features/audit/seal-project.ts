import { isoTime } from '../../content/entries/row.ts';
import { prepared, type Sql } from '../../platform/db/sql.ts';
import { hashRow, type SealedRow } from './hash-row.ts';

/** Rows that one transaction seals. */
export const SEAL_BATCH = 1000;

/** Where a project's chain ends, and how far the log of changes was taken into it. */
interface Head {
  readonly seq: string;
  readonly hash: string;
  readonly event_xid: string;
  readonly event_id: string;
}

interface Unsealed extends Omit<SealedRow, 'seq' | 'project_id' | 'hash'> {
  readonly source: 'event' | 'record';
  readonly xid: string;
  readonly position: string;
}

const begin = prepared(
  `insert into audit_heads (project_id, seq, hash, event_xid, event_id) values ($1, 0, '', '0', 0)
  on conflict (project_id) do nothing`,
);
const lockHead = prepared(
  'select seq, hash, event_xid::text, event_id from audit_heads where project_id = $1 for update',
);
const tryLockHead = prepared(
  'select seq, hash, event_xid::text, event_id from audit_heads where project_id = $1 for update skip locked',
);

/**
 * What was committed and is in no chain yet, in the order of commits: below the oldest transaction that
 * still runs nothing can come in between. The content of an entry stays where its versions are; the
 * chain holds its hash.
 */
const unsealed = prepared(`
  select * from (
    (select 'event' as source, e.xid::text::numeric as xid, e.id as position, null as id, e.at, e.type,
      'info' as severity, 'success' as outcome, e.actor as actor_id,
      case when e.actor is null then 'anonymous' when e.actor like 'user\\_%' then 'user' else 'key' end as actor_kind,
      e.ip_address, null as user_agent, e.request_id,
      case when e.entry_id is null then 'collection' else 'entry' end as resource_type,
      coalesce(e.entry_id, e.collection_id) as resource_id,
      e.data->'before' as before, e.data->'after' as after,
      case when e.entry_id is not null then jsonb_strip_nulls(jsonb_build_object('collection', e.collection_id,
        'version', e.version, 'data_sha256', encode(sha256(convert_to(v.data::text, 'UTF8')), 'hex'))) end as details
    from events e
    left join entry_versions v on v.entry_id = e.entry_id and v.version = e.version and v.project_id = e.project_id
    where e.project_id = $1 and (e.xid, e.id) > ($2::xid8, $3::bigint) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.id limit $4)
    union all
    (select 'record', xid::text::numeric, position, id, at, type, severity, outcome, actor_id, actor_kind, ip_address,
      user_agent, request_id, resource_type, resource_id, before, after, details
    from audit_pending
    where project_id = $1 and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, position limit $4)
  ) as waiting
  order by xid, source, position limit $4`);

const append = prepared(`
  insert into audit_log (seq, project_id, id, at, type, severity, outcome, actor_id, actor_kind, ip_address, user_agent,
    request_id, resource_type, resource_id, before, after, details, hash)
  select seq, project_id, id, at, type, severity, outcome, actor_id, actor_kind, ip_address, user_agent,
    request_id, resource_type, resource_id, nullif(before, 'null'), nullif(after, 'null'), nullif(details, 'null'), hash
  from jsonb_to_recordset($1::jsonb) as r (seq bigint, project_id text, id text, at timestamptz, type text, severity text,
    outcome text, actor_id text, actor_kind text, ip_address text, user_agent text, request_id text, resource_type text,
    resource_id text, before jsonb, after jsonb, details jsonb, hash text)`);
const drop = prepared(
  'delete from audit_pending where project_id = $1 and position = any($2::bigint[])',
);
const moveHead = prepared(
  'update audit_heads set seq = $2, hash = $3, event_xid = $4::xid8, event_id = $5 where project_id = $1',
);

export interface SealOptions {
  readonly projectId: string;
  readonly newId: () => string;
  /** False leaves a project alone that another server is just sealing. */
  readonly wait: boolean;
}

/**
 * Takes the next batch of what happened into the project's chain, within the transaction of `sql`; says
 * how many there were to look at.
 */
export async function sealBatch(
  sql: Sql,
  { projectId, newId, wait }: SealOptions,
): Promise<number> {
  await sql.rows(begin, [projectId]);
  const [head] = await sql.rows<Head>(wait ? lockHead : tryLockHead, [projectId]);
  if (!head) return 0;
  const values = [projectId, head.event_xid, head.event_id, SEAL_BATCH];
  const waiting = await sql.rows<Unsealed>(unsealed, values);
  if (waiting.length === 0) return 0;
  const sealed = chain(waiting.filter(isOfContent), head, projectId, newId);
  if (sealed.length > 0) await sql.rows(append, [JSON.stringify(sealed)]);
  const records = waiting.filter(({ source }) => source === 'record');
  await sql.rows(drop, [projectId, records.map(({ position }) => position)]);
  const end = sealed.at(-1) ?? head;
  const event = waiting.findLast(({ source }) => source === 'event');
  const [xid, id] = event ? [event.xid, event.position] : [head.event_xid, head.event_id];
  await sql.rows(moveHead, [projectId, end.seq, end.hash, xid, id]);
  return waiting.length;
}

/** The log of changes tells of more than content, which has records of its own. */
const isOfContent = ({ source, type }: Unsealed): boolean =>
  source === 'record' || /^(entry|collection)\./.test(type);

function chain(
  waiting: readonly Unsealed[],
  head: Head,
  projectId: string,
  newId: () => string,
): SealedRow[] {
  let { hash } = head;
  return waiting.map(({ source: _source, xid: _xid, position: _position, ...row }, index) => {
    const seq = Number(head.seq) + index + 1;
    const own = { ...row, id: row.id ?? newId(), at: isoTime(row.at), seq, project_id: projectId };
    hash = hashRow(hash, own);
    return { ...own, hash };
  });
}
