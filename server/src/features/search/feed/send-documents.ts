import { documentOf } from '../../../content/search/meilisearch/document.ts';
import { type EntryRow, rowColumns } from '../../../content/entries/row.ts';
import type { Collection } from '../../../content/schema/collection.ts';
import { prepared } from '../../../platform/db/sql.ts';
import { done } from '../../../platform/search/meilisearch.ts';
import type { FeedTools } from './feed-tools.ts';

/** Characters of documents in one request: far below what Meilisearch takes. */
const REQUEST_LENGTH = 8_000_000;

/** Takes entries to indexes as they are now: what is there no more is deleted. */
export async function sendEntries(
  tools: FeedTools,
  collection: Collection,
  uids: readonly string[],
  ids: readonly string[],
): Promise<void> {
  const { table } = collection.statements;
  const rows = await tools.sql.rows<EntryRow>(
    prepared(
      `select ${rowColumns} from ${table} where stage = 'current' and project_id = $1 and entry_id = any($2)`,
    ),
    [collection.project_id, ids],
  );
  const there = new Set(rows.map(({ entry_id }) => entry_id));
  const gone = ids.filter((id) => !there.has(id));
  for (const uid of uids) {
    await sendRows(tools, collection, uid, rows);
    if (gone.length > 0) await done(tools.client.index(uid).deleteDocuments(gone));
  }
}

/** Puts rows into an index, and waits until they are found in it. */
export async function sendRows(
  { client }: FeedTools,
  { fields }: Collection,
  uid: string,
  rows: readonly EntryRow[],
): Promise<void> {
  const index = client.index(uid);
  const tasks: ReturnType<typeof index.addDocumentsFromString>[] = [];
  let lines: string[] = [];
  let length = 0;
  const flush = async () => {
    if (lines.length === 0) return;
    // In the order of the requests, which is that of the tasks.
    const task = index.addDocumentsFromString(lines.join('\n'), 'application/x-ndjson');
    await task;
    tasks.push(task);
    lines = [];
    length = 0;
  };
  for (const row of rows) {
    const line = JSON.stringify(documentOf(fields, row));
    if (length + line.length > REQUEST_LENGTH) await flush();
    lines.push(line);
    length += line.length;
  }
  await flush();
  for (const task of tasks) await done(task);
}
