import { dropPartition } from '../../content/schema/partition.ts';
import type { Database } from '../../platform/db/database.ts';
import { withTransaction } from '../../platform/db/pool.ts';
import { quoteName, type Sql } from '../../platform/db/sql.ts';
import { withoutTimeLimit } from '../../platform/db/time-limits.ts';

/** Rows that one transaction removes of a table; it holds no lock for long. */
const BATCH = 1000;

/**
 * What is kept of a project beside its collections and their entries, and by which column: first what
 * refers to others. What hangs on these rows alone (uses of keys) goes with them.
 */
export const projectTables = [
  ['events', 'project_id'],
  ['idempotency_keys', 'project_id'],
  ['audit_pending', 'project_id'],
  ['audit_log', 'project_id'],
  ['audit_heads', 'project_id'],
  ['search_feeds', 'project_id'],
  ['api_keys', 'project_id'],
  ['project_members', 'project_id'],
  ['invitations', 'scope_id'],
  ['roles', 'scope_id'],
] as const;

/** The project, held against a second server that removes it; one that is held is left to that. */
const hold = {
  text: `select 1 from projects where id = $1 and deleted_at <= $2 for update skip locked`,
};
/** From here on no server's clock can think that the project may be restored. */
const condemn = { text: `update projects set deleted_at = 'epoch' where id = $1` };
const nextCollection = {
  text: 'select id, storage from collections where project_id = $1 order by id limit 1 for update',
};
const someEntries = {
  text: `select id from entries where collection_id = $1 and project_id = $2 order by id limit ${BATCH}`,
};
const byEntry = [
  'delete from entry_references where from_entry_id = any($1) and project_id = $2',
  'delete from entry_references where to_entry_id = any($1) and project_id = $2',
  'delete from entry_versions where entry_id = any($1) and project_id = $2',
  'delete from entries where id = any($1) and project_id = $2',
].map((text) => ({ text }));
const dropCollection = { text: 'delete from collections where id = $1 and project_id = $2' };
const dropProject = { text: 'delete from projects where id = $1' };
const someRows = (table: string, column: string) => ({
  text: `delete from ${quoteName(table)} where ctid = any(array(
    select ctid from ${quoteName(table)} where ${quoteName(column)} = $1 limit ${BATCH})) returning 1`,
});

/** One bounded step of a removal; false where it found nothing left to do. */
type Step = (sql: Sql, projectId: string) => Promise<boolean>;

const steps: readonly Step[] = [
  async (sql, projectId) => {
    const [collection] = await sql.rows<{ id: string; storage: string }>(nextCollection, [
      projectId,
    ]);
    if (!collection) return false;
    const rows = await sql.rows<{ id: string }>(someEntries, [collection.id, projectId]);
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) {
      for (const statement of byEntry) await sql.rows(statement, [ids, projectId]);
      return true;
    }
    await dropPartition(sql, collection.storage);
    await sql.rows(dropCollection, [collection.id, projectId]);
    return true;
  },
  ...projectTables.map(
    ([table, column]): Step =>
      async (sql, projectId) =>
        (await sql.rows(someRows(table, column), [projectId])).length > 0,
  ),
];

/**
 * Removes a project that was deleted before a moment, with everything in it, in many small transactions:
 * whatever stops it, the next call goes on. Returns false where it was stopped or left to another server.
 */
export async function removeProject(
  database: Database,
  projectId: string,
  deletedBefore: string,
  stopped: () => boolean,
): Promise<boolean> {
  const held = <T>(work: (sql: Sql) => Promise<T>): Promise<T | undefined> =>
    withTransaction(database.pool, async (sql) => {
      await withoutTimeLimit(sql);
      const [project] = await sql.rows(hold, [projectId, deletedBefore]);
      return project ? work(sql) : undefined;
    });
  const isMine = await held((sql) => sql.rows(condemn, [projectId]));
  if (!isMine) return false;
  for (const step of steps)
    for (let more: boolean | undefined = true; more;) {
      if (stopped()) return false;
      more = await held((sql) => step(sql, projectId));
      if (more === undefined) return false;
    }
  return (await held((sql) => sql.rows(dropProject, [projectId]))) !== undefined;
}
