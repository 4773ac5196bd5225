import type { Entry } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import { type EntryRow, isoTime } from '../../content/entries/row.ts';
import type { EntryStyle } from '../../content/includes/show-entries.ts';
import { RawJson } from '../../platform/json/raw-json.ts';

/** The data of a row as JSON text for the wire; unparsed where keys are names already. */
export function dataText({ view: { shape } }: CollectionCtx, row: EntryRow): string {
  if (shape.passThrough) return row.data;
  return JSON.stringify(shape.toWire(JSON.parse(row.data) as Record<string, unknown>));
}

/** What the headers of a reply with this entry are made of. */
export const headOf = ({ collection, view }: CollectionCtx, row: EntryRow) => ({
  id: row.entry_id,
  etag: `${row.version}.${collection.revision}.${view.name}`,
});

/**
 * The text of a canonical entry. It is put together by hand, since lists spend most of their time
 * here; none of these values can hold a character that JSON would escape.
 */
export function entryText(
  ctx: CollectionCtx,
  row: EntryRow,
  data: string = dataText(ctx, row),
): string {
  return `{"id":"${row.entry_id}","collection":"${ctx.collection.name}","status":"${row.status}","version":${row.version},"locale":"${ctx.project.defaultLocale}","created_at":"${isoTime(row.created_at)}","updated_at":"${isoTime(row.updated_at)}","published_at":${quoted(row.published_at && isoTime(row.published_at))},"created_by":${quoted(row.created_by)},"updated_by":${quoted(row.updated_by)},"data":${data}}`;
}

const quoted = (text: string | null): string => (text === null ? 'null' : `"${text}"`);

/** Included entries stand in the place of their ids. */
export const canonical: EntryStyle = { includes: 'within', dataText, entryText };

/** A canonical entry. */
export const toEntry = (ctx: CollectionCtx, row: EntryRow): RawJson<Entry> =>
  new RawJson(entryText(ctx, row), headOf(ctx, row));
