import { type FileStream, type ImportReport, MAX_REPORTED } from '@cms/contracts';
import { type CollectionCtx, savepoint, transaction } from '../../content/context.ts';
import { assertMayCreate } from '../../content/policy/assert-may-create.ts';
import { openCollection, type Opened } from '../../content/policy/open-collection.ts';
import { takeLongPlace } from '../../platform/db/long-transactions.ts';
import { AppError, invalid } from '../../platform/errors/app-error.ts';
import type { Mode } from '../entries/index.ts';
import { batchesOf } from './batches.ts';
import { columnsOf, type ColumnOptions } from './columns.ts';
import { decodeText } from './decode-text.ts';
import type { TransferFormat } from './export-entries.ts';
import { inTime } from './in-time.ts';
import { readCsv } from './read-csv.ts';
import { readNdjson } from './read-ndjson.ts';
import { Report } from './report.ts';
import type { Row } from './row.ts';
import { Unreadable } from './unreadable.ts';
import { writeBatch, type Writing } from './write-batch.ts';
import { writeAgain } from './write-again.ts';

export interface ImportInput extends ColumnOptions {
  readonly file: string | FileStream;
  readonly format?: TransferFormat | undefined;
  readonly dry_run?: boolean | undefined;
  readonly mode?: Mode;
}

/**
 * Creates, and with upsert changes, entries from a file while it is read, batch by batch. Throws
 * VALIDATION_ERROR for a header that means nothing here, for a file that breaks off before anything was
 * written, and with mode `all` for any row that is refused; INVALID_INPUT for an upsert by no unique field.
 */
export async function importEntries(ctx: CollectionCtx, input: ImportInput): Promise<ImportReport> {
  await assertMayCreate(ctx);
  const columns = await columnsOf(ctx, input);
  const text = decodeText(input.file);
  const all = formatOf(input) === 'ndjson' ? readNdjson(text, columns) : readCsv(text, columns);
  const rows = ctx.inTransaction ? few(all) : all;
  const { upsert } = columns;
  const writing = { ctx, upsert, updates: upsert && (await openForUpdates(ctx)) };
  const { dry_run: dryRun = false, mode } = input;
  const report = new Report();
  if (dryRun || mode === 'all') await atOnce(writing, rows, report, { dryRun, mode });
  else
    await eachBatch(rows, report, mode, async (batch) => {
      report.add(batch, await writeAgain(writing, batch));
    });
  return report.reply(dryRun);
}

const formatOf = ({ format, file }: ImportInput): TransferFormat =>
  format ??
  (typeof file !== 'string' && file.mediaType === 'application/x-ndjson' ? 'ndjson' : 'csv');

/** Rows of a file that is imported once, by its Idempotency-Key: the transaction is not to last. */
async function* few(rows: AsyncIterable<Row>): AsyncGenerator<Row, void, undefined> {
  for await (const row of rows) {
    if (row.row > MAX_REPORTED)
      throw new AppError(
        'PAYLOAD_TOO_LARGE',
        `With an Idempotency-Key a file has at most ${MAX_REPORTED} rows; send it in parts, or without the key.`,
      );
    yield row;
  }
}

async function eachBatch(
  rows: AsyncIterable<Row>,
  report: Report,
  mode: Mode,
  write: (batch: readonly Row[]) => Promise<void>,
): Promise<void> {
  try {
    for await (const batch of batchesOf(rows)) await write(batch);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    if (!report.isWritten || mode === 'all') throw invalid([error.detail]);
    report.broken(error);
  }
}

/** Ends a transaction that is not to stay. */
class Undone extends Error {}

/** Everything in one transaction, which stays where it is meant to and no row was refused. */
async function atOnce(
  writing: Writing,
  rows: AsyncIterable<Row>,
  report: Report,
  { dryRun, mode }: { dryRun: boolean; mode: Mode },
): Promise<void> {
  const { ctx } = writing;
  const leave = ctx.inTransaction ? () => undefined : takeLongPlace(ctx.database.pool);
  const attempt = ctx.inTransaction ? savepoint : transaction;
  try {
    await attempt(ctx, async (tx) => {
      const own = { ...writing, ctx: tx };
      await eachBatch(inTime(rows), report, mode, async (batch) => {
        report.add(batch, await writeBatch(own, batch));
      });
      if (dryRun || report.isRefused) throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    if (!dryRun) throw report.refusal();
  } finally {
    leave();
  }
}

/** The collection for updates; a caller who may only create has each of them refused. */
async function openForUpdates(ctx: CollectionCtx): Promise<Opened | AppError> {
  try {
    return await openCollection(ctx, ctx.collection.id, {
      permission: 'content:write',
      action: 'update',
      writes: true,
    });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
