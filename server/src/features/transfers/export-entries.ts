import { transferFormats } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import { readAllEntries } from '../../content/entries/read-all.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { TextStream } from '../../platform/stream/text-stream.ts';
import { entryText } from '../entries/index.ts';
import { csvText } from './csv-text.ts';

export type TransferFormat = keyof typeof transferFormats;

/** All entries that the caller may list, as a file that is read from the database while it is sent. */
export function exportEntries(ctx: CollectionCtx, format: TransferFormat = 'csv'): TextStream {
  const batches = readAllEntries(ctx);
  return new TextStream(
    transferFormats[format],
    `${ctx.collection.name}.${format}`,
    format === 'csv' ? csvText(ctx, batches) : ndjsonText(ctx, batches),
  );
}

async function* ndjsonText(
  ctx: CollectionCtx,
  batches: AsyncIterable<readonly EntryRow[]>,
): AsyncGenerator<string, void, undefined> {
  for await (const rows of batches) yield rows.map((row) => `${entryText(ctx, row)}\n`).join('');
}
