import { randomBytes } from 'node:crypto';
import { searchChannel } from '../../../content/search/meilisearch/live-indexes.ts';
import { prepared } from '../../../platform/db/sql.ts';
import { done, type IndexSettings, isMissingIndex } from '../../../platform/search/meilisearch.ts';
import type { FeedTools } from './feed-tools.ts';

/** An index and what it is for: one that is built becomes the live one, which then is leaving. */
export interface IndexRow {
  readonly uid: string;
  readonly project_id: string;
  readonly collection_id: string;
  readonly state: 'building' | 'live' | 'leaving';
  readonly shape: string;
  /** The last entry that was copied into it. */
  readonly copied_to: string | null;
  /** When Meilisearch made it; empty before. One that was made at another time is another one. */
  readonly made_at: string;
}

const columns = 'uid, project_id, collection_id, state, shape, copied_to, made_at';
const ofProject = prepared(
  `select ${columns} from search_indexes where project_id = $1 order by collection_id, state`,
);
const insert = prepared(
  `insert into search_indexes (uid, project_id, collection_id, state, shape, made_at)
  values ($1, $2, $3, 'building', $4, '') on conflict do nothing returning ${columns}`,
);
const setMade = prepared('update search_indexes set made_at = $2 where uid = $1');
const remove = prepared('delete from search_indexes where uid = $1');
const leave = prepared(
  `with changed as (update search_indexes set state = 'leaving', changed_at = now() where uid = $1 returning project_id)
  select pg_notify('${searchChannel}', project_id) from changed`,
);
/** Searches ask the one until they hear of the other: there is always one of them. */
const promote = prepared(
  `with left_over as (
    update search_indexes set state = 'leaving', changed_at = now()
    where collection_id = $2 and project_id = $3 and state = 'live' returning uid),
  changed as (
    update search_indexes set state = 'live', changed_at = now()
    where uid = $1 and (select count(*) from left_over) >= 0 returning project_id)
  select pg_notify('${searchChannel}', project_id) from changed`,
);

export const indexesOf = (
  { sql }: Pick<FeedTools, 'sql'>,
  projectId: string,
): Promise<IndexRow[]> => sql.rows<IndexRow>(ofProject, [projectId]);

/** Writes down that an index is to be built; none where one is already. */
export async function planIndex(
  { sql, prefix }: Pick<FeedTools, 'sql' | 'prefix'>,
  wanted: Pick<IndexRow, 'project_id' | 'collection_id' | 'shape'>,
): Promise<IndexRow[]> {
  const uid = `${prefix}-${wanted.collection_id}-${randomBytes(4).toString('hex')}`;
  const values = [uid, wanted.project_id, wanted.collection_id, wanted.shape];
  return sql.rows<IndexRow>(insert, values);
}

/** Makes a planned index, empty, whatever became of an earlier attempt. */
export async function makeIndex(
  { sql, client }: FeedTools,
  { uid }: IndexRow,
  settings: IndexSettings,
): Promise<void> {
  // Tasks of an index are done in their order: the last one tells of all.
  await client.deleteIndexIfExists(uid);
  await client.createIndex(uid, { primaryKey: 'id' });
  await done(client.index(uid).updateSettings(settings));
  const { createdAt } = await client.getRawIndex(uid);
  await sql.rows(setMade, [uid, createdAt]);
}

/** False where Meilisearch has lost the index, even if it has made another one of that name since. */
export async function isWhole({ client }: FeedTools, { uid, made_at }: IndexRow): Promise<boolean> {
  try {
    return (await client.getRawIndex(uid)).createdAt === made_at;
  } catch (error) {
    if (isMissingIndex(error)) return false;
    throw error;
  }
}

/** Takes an index out of use; it is deleted when nobody can ask it any more. */
export const leaveIndex = async ({ sql }: FeedTools, { uid }: IndexRow): Promise<void> => {
  await sql.rows(leave, [uid]);
};

/** Puts a built index in the place of the live one. */
export const promoteIndex = async (
  { sql }: FeedTools,
  { uid, collection_id, project_id }: IndexRow,
): Promise<void> => {
  await sql.rows(promote, [uid, collection_id, project_id]);
};

/** Deletes an index with what it holds. */
export async function deleteIndex(
  { sql, client }: FeedTools,
  { uid }: Pick<IndexRow, 'uid'>,
): Promise<void> {
  await client.deleteIndexIfExists(uid);
  await sql.rows(remove, [uid]);
}
