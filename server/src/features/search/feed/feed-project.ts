import { prepared } from '../../../platform/db/sql.ts';
import { copyPage } from './copy-page.ts';
import type { FeedTools } from './feed-tools.ts';
import {
  deleteIndex,
  type IndexRow,
  indexesOf,
  isWhole,
  leaveIndex,
  promoteIndex,
} from './indexes.ts';
import { reconcile } from './reconcile.ts';
import { sendEntries } from './send-documents.ts';

/** Events that are taken at a time. */
const BATCH = 2000;
/** Searches that began before an index left may still ask it. */
const GRACE = '10 seconds';

interface Position {
  readonly event_xid: string;
  readonly event_id: string;
}

interface ChangeEvent {
  readonly xid: string;
  readonly id: string;
  readonly type: string;
  readonly collection_id: string | null;
  readonly entry_id: string | null;
}

const position = prepared(
  'select event_xid::text, event_id from search_feeds where project_id = $1',
);
/** Whoever begins copies what there is: only what comes after need be read from the log. */
const begin = prepared(
  `insert into search_feeds (project_id, event_xid, event_id)
  select p.id, coalesce(last.xid, '0'), coalesce(last.id, 0) from projects p
  left join lateral (
    select xid, id from events e where e.project_id = p.id and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid desc, id desc limit 1) as last on true
  where p.id = $1 on conflict do nothing returning event_xid::text, event_id`,
);
/** In the order of commits: below the oldest transaction that still runs nothing can come in between. */
const nextEvents = prepared(
  `select xid::text, id, type, collection_id, entry_id from events
  where project_id = $1 and (xid, id) > ($2::xid8, $3::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by xid, id limit ${BATCH}`,
);
const move = prepared(
  `update search_feeds set event_xid = $4::xid8, event_id = $5
  where project_id = $1 and event_xid = $2::xid8 and event_id = $3 returning 1`,
);
const left = prepared(
  `select uid from search_indexes i where project_id = $1 and state = 'leaving'
  and (changed_at < now() - interval '${GRACE}' or not exists (select 1 from collections c where c.id = i.collection_id))`,
);

/**
 * One step with a project: takes the next changes to its indexes, a page of what there is to those that
 * are built, and deletes those that have left. Whatever stops it, the next step does the same again.
 * Returns whether there is more to do at once.
 */
export async function feedProject(
  tools: FeedTools,
  projectId: string,
  look: boolean,
): Promise<boolean> {
  const { sql } = tools;
  const known = (await sql.rows<Position>(position, [projectId]))[0];
  const from = known ?? (await sql.rows<Position>(begin, [projectId]))[0];
  // Without one the project is gone.
  const events = from
    ? await sql.rows<ChangeEvent>(nextEvents, [projectId, from.event_xid, from.event_id])
    : [];
  let indexes = await indexesOf(tools, projectId);
  const isPlanned = indexes.some(({ state, made_at }) => state === 'building' && made_at === '');
  const isOther = events.some(({ type }) => !type.startsWith('entry.'));
  if (look || !known || isPlanned || isOther) {
    await reconcile(tools, projectId);
    indexes = await indexesOf(tools, projectId);
  }
  const lost = await sendChanges(tools, projectId, indexes, events);
  if (lost > 0) await reconcile(tools, projectId);
  const last = events.at(-1);
  if (from && last) {
    const values = [projectId, from.event_xid, from.event_id, last.xid, last.id];
    const moved = await sql.rows(move, values);
    // Another server took over meanwhile: what it sent may have been overtaken by what was sent here.
    if (moved.length === 0) await sendChanges(tools, projectId, indexes, events);
  }
  const building = indexes.find(({ state, made_at }) => state === 'building' && made_at !== '');
  if (building && (await copyPage(tools, building)) === 'whole')
    await promoteIndex(tools, building);
  for (const { uid } of await sql.rows<{ uid: string }>(left, [projectId]))
    await deleteIndex(tools, { uid });
  return events.length === BATCH || building !== undefined || lost > 0;
}

/** Says how many of the indexes Meilisearch has lost. */
async function sendChanges(
  tools: FeedTools,
  projectId: string,
  indexes: readonly IndexRow[],
  events: readonly ChangeEvent[],
): Promise<number> {
  const changed = new Map<string, Set<string>>();
  for (const { collection_id: collection, entry_id: entry } of events) {
    if (collection === null || entry === null) continue;
    const ids = changed.get(collection) ?? new Set();
    changed.set(collection, ids.add(entry));
  }
  if (changed.size === 0) return 0;
  let lost = 0;
  const schema = await tools.schemas.project(projectId);
  for (const [collectionId, ids] of changed) {
    const collection = schema.collectionOf(collectionId);
    if (!collection) continue;
    const uids: string[] = [];
    for (const index of indexes) {
      if (index.collection_id !== collectionId || index.state === 'leaving') continue;
      // Writing to an index that is lost would make an empty one in its place.
      if (await isWhole(tools, index)) uids.push(index.uid);
      else {
        lost += 1;
        await leaveIndex(tools, index);
      }
    }
    await sendEntries(tools, collection, uids, [...ids]);
  }
  return lost;
}
