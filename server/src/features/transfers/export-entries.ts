import { type Filter, transferFormats } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import { readAllEntries } from '../../content/entries/read-all.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { compileFilter, readerScope } from '../../content/filters/compile-filter.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { TextStream } from '../../platform/stream/text-stream.ts';
import { dataText, entryText } from '../entries/index.ts';
import { csvText } from './csv-text.ts';
import { readRelationKeys, withKeys } from './relation-keys.ts';

export type TransferFormat = keyof typeof transferFormats;

export interface ExportInput {
  readonly format?: TransferFormat | undefined;
  readonly filter?: Filter | undefined;
  /** Relations by unique fields: `author.slug`, or `slug` for all that have one. */
  readonly relations?: readonly string[] | undefined;
}

/** An entry as a file has it: its data as JSON text, by the names of the file. */
export interface Exported {
  readonly row: EntryRow;
  readonly data: string;
}

/**
 * The entries that the caller may list, and wants, as a file that is read from the database while it is
 * sent. Throws INVALID_INPUT for a bad filter, and for relations by what is no unique field.
 */
export async function exportEntries(
  ctx: CollectionCtx,
  { format = 'csv', filter, relations = [] }: ExportInput,
): Promise<TextStream> {
  const wanted =
    filter === undefined ? undefined : compileFilter(ctx, await readerScope(ctx), filter).fragment;
  const keys = await readRelationKeys(ctx, relations);
  const batches = readAllEntries(ctx, wanted, async (snapshot, rows) => {
    const data = keys.size === 0 ? undefined : await withKeys(snapshot, rows, keys);
    return rows.map((row, at) => ({ row, data: data?.[at] ?? dataText(ctx, row) }));
  });
  return new TextStream(
    transferFormats[format],
    `${ctx.collection.name}.${format}`,
    noted(ctx, format === 'csv' ? csvText(ctx, batches, keys) : ndjsonText(ctx, batches)),
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
  batches: AsyncIterable<readonly Exported[]>,
): AsyncGenerator<string, void, undefined> {
  for await (const batch of batches)
    yield batch.map(({ row, data }) => `${entryText(ctx, row, data)}\n`).join('');
}
