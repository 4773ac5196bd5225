import { type Filter, transferFormats } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import { readAllEntries } from '../../content/entries/read-all.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { compileFilter, readerScope } from '../../content/filters/compile-filter.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { TextStream } from '../../platform/stream/text-stream.ts';
import { entryText } from '../entries/index.ts';
import { csvText } from './csv-text.ts';

export type TransferFormat = keyof typeof transferFormats;

export interface ExportInput {
  readonly format?: TransferFormat | undefined;
  readonly filter?: Filter | undefined;
}

/**
 * The entries that the caller may list, and wants, as a file that is read from the database while it is
 * sent. Throws INVALID_INPUT for a bad filter.
 */
export async function exportEntries(
  ctx: CollectionCtx,
  { format = 'csv', filter }: ExportInput,
): Promise<TextStream> {
  const wanted =
    filter === undefined ? undefined : compileFilter(ctx, await readerScope(ctx), filter).fragment;
  const batches = readAllEntries(ctx, wanted);
  return new TextStream(
    transferFormats[format],
    `${ctx.collection.name}.${format}`,
    noted(ctx, format === 'csv' ? csvText(ctx, batches) : ndjsonText(ctx, batches)),
  );
}

/** A failure in the middle can be told to nobody but the log. */
async function* noted(
  { log, requestId }: CollectionCtx,
  chunks: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error instanceof AppError))
      log.error({ err: error, request_id: requestId }, 'An export broke off');
    throw error;
  }
}

async function* ndjsonText(
  ctx: CollectionCtx,
  batches: AsyncIterable<readonly EntryRow[]>,
): AsyncGenerator<string, void, undefined> {
  for await (const rows of batches) yield rows.map((row) => `${entryText(ctx, row)}\n`).join('');
}
