import type { ModelEntry } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import { type EntryRow, isoTime } from '../../content/entries/row.ts';
import type { EntryStyle } from '../../content/includes/show-entries.ts';
import { objectText, RawJson } from '../../platform/json/raw-json.ts';
import { dataText, headOf } from '../entries/index.ts';

/** The text of an entry as document S3 shows it. */
export function modelEntryText(
  ctx: CollectionCtx,
  row: EntryRow,
  data: string = dataText(ctx, row),
): string {
  const head: Omit<ModelEntry, 'data'> = {
    id: row.entry_id,
    tenantId: ctx.project.id,
    modelKey: ctx.collection.name,
    status: row.status,
    version: row.version,
    createdAt: isoTime(row.created_at),
    updatedAt: isoTime(row.updated_at),
  };
  return objectText(head, 'data', data);
}

/** Included entries stand in the place of their ids. */
export const modelStyle: EntryStyle = {
  includes: 'within',
  dataText,
  entryText: modelEntryText,
};

/** A model entry in its envelope. */
export const toModelEntry = (ctx: CollectionCtx, row: EntryRow): RawJson<{ data: ModelEntry }> =>
  new RawJson(objectText({}, 'data', modelEntryText(ctx, row)), headOf(ctx, row));
