import { type EntryRow, rowColumns } from '../../../content/entries/row.ts';
import { prepared } from '../../../platform/db/sql.ts';
import type { FeedTools } from './feed-tools.ts';
import type { IndexRow } from './indexes.ts';
import { sendRows } from './send-documents.ts';

/** Entries that are copied at a time; changes are taken in between. */
const PAGE = 1000;

const copied = prepared('update search_indexes set copied_to = $2 where uid = $1');

/**
 * Copies the next entries into an index that is built, in the order of their ids. What is written
 * meanwhile is in the log behind the last change that was taken, and comes by it.
 */
export async function copyPage(tools: FeedTools, index: IndexRow): Promise<'more' | 'whole'> {
  const schema = await tools.schemas.project(index.project_id);
  const collection = schema.collectionOf(index.collection_id);
  if (!collection) return 'more';
  const { table } = collection.statements;
  const rows = await tools.sql.rows<EntryRow>(
    prepared(
      `select ${rowColumns} from ${table} where stage = 'current' and project_id = $1 and entry_id > $2 order by entry_id limit ${PAGE}`,
    ),
    [index.project_id, index.copied_to ?? ''],
  );
  await sendRows(tools, collection, index.uid, rows);
  const last = rows.at(-1);
  if (last) await tools.sql.rows(copied, [index.uid, last.entry_id]);
  return rows.length < PAGE ? 'whole' : 'more';
}
