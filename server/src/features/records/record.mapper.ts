import type { Record as RecordReply } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import { type EntryRow, isoTime } from '../../content/entries/row.ts';
import type { EntryStyle } from '../../content/includes/show-entries.ts';
import { objectText, RawJson } from '../../platform/json/raw-json.ts';
import { dataText, headOf } from '../entries/index.ts';

/** The text of an entry as document S4 shows it. */
export function recordText(
  ctx: CollectionCtx,
  row: EntryRow,
  data: string = dataText(ctx, row),
  expand?: string,
): string {
  const head: Omit<RecordReply, 'data'> = {
    id: row.entry_id,
    collection_name: ctx.collection.name,
    status: row.status,
    version: row.version,
    created: isoTime(row.created_at),
    updated: isoTime(row.updated_at),
  };
  const text = objectText(head, 'data', data);
  return expand === undefined ? text : `${text.slice(0, -1)},"expand":${expand}}`;
}

/** Data keeps the ids; the records that they lead to stand beside it. */
export const recordStyle: EntryStyle = { includes: 'beside', dataText, entryText: recordText };

/** A record. */
export const toRecord = (ctx: CollectionCtx, row: EntryRow): RawJson<RecordReply> =>
  new RawJson(recordText(ctx, row), headOf(ctx, row));
