import { setTimeout as delay } from 'node:timers/promises';
import { prepared, type Sql } from '../../../platform/db/sql.ts';

/** The channel that wakes whoever feeds the indexes. */
export const wakeChannel = 'cms_search_wake';

/** How often a reader that waits looks. */
const WAIT_MS = 20;

const newest = prepared(
  'select xid::text, id from events where project_id = $1 order by xid desc, id desc limit 1',
);
/** An index that is built for fields which the live one does not know has to be live, too. */
const reached = prepared(
  `select 1 from search_feeds where project_id = $1 and (event_xid, event_id) >= ($2::xid8, $3::bigint)
  and not exists (select 1 from search_indexes b where b.project_id = $1 and b.state = 'building' and not exists (
    select 1 from search_indexes l where l.collection_id = b.collection_id and l.project_id = $1 and l.state = 'live' and l.shape = b.shape))`,
);
const wake = prepared(`select pg_notify('${wakeChannel}', '')`);

/** Waits until the indexes hold what was committed in a project before; false where that takes too long. */
export async function caughtUp(sql: Sql, projectId: string, waitMs: number): Promise<boolean> {
  const [last] = await sql.rows<{ xid: string; id: string }>(newest, [projectId]);
  if (!last) return true;
  const begun = performance.now();
  for (let asked = false; performance.now() - begun < waitMs; asked = true) {
    const there = await sql.rows(reached, [projectId, last.xid, last.id]);
    if (there.length > 0) return true;
    if (!asked) await sql.rows(wake, []);
    await delay(WAIT_MS);
  }
  return false;
}
