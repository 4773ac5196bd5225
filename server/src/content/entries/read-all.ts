import { notFound } from '../../platform/errors/app-error.ts';
import { readSnapshot } from '../../platform/db/snapshot.ts';
import { boundGarbage } from '../../platform/process/bound-garbage.ts';
import { prepared } from '../../platform/db/sql.ts';
import type { CollectionCtx } from '../context.ts';
import { type Fragment, numbered, sql } from '../expressions/index.ts';
import { StaleSchemaError } from '../schema/stale-schema.ts';
import { openRows } from './read.ts';
import { type EntryRow, rowColumns } from './row.ts';
import { runOnPartition } from './run.ts';

/** Rows of a batch, and of the first, which shows how large rows are. */
const BATCH_ROWS = 1000;
const FIRST_ROWS = 100;
/** Characters of a batch, about. */
const BATCH_LENGTH = 1 * 1024 * 1024;

/**
 * All entries that are open to the caller, and wanted, as they are at one moment, oldest first, in batches of one
 * statement each. What they are shown with is read at that moment too. Throws NOT_FOUND where the collection is
 * deleted meanwhile.
 */
export const readAllEntries = <T>(
  ctx: CollectionCtx,
  filter: Fragment | undefined,
  show: (snapshot: CollectionCtx, rows: readonly EntryRow[]) => Promise<T>,
): AsyncGenerator<T, void, undefined> =>
  readSnapshot(ctx.database.pool, async function* (sql) {
    const snapshot = { ...ctx, sql };
    for await (const rows of batchesOf(snapshot, filter)) yield await show(snapshot, rows);
  });

async function* batchesOf(
  ctx: CollectionCtx,
  filter: Fragment | undefined,
): AsyncGenerator<readonly EntryRow[], void, undefined> {
  const { table } = ctx.collection.statements;
  const open = openRows(ctx, filter);
  let last = '';
  for (let limit = FIRST_ROWS; ;) {
    const { text, values } = numbered(
      sql`select ${rowColumns} from ${table} where ${open} and ${table}.entry_id > ${() => last} order by ${table}.entry_id limit ${() => limit}`,
    );
    // Texts of a bounded set: what readers filter by is not.
    const statement = filter ? { text } : prepared(text);
    const rows = await runOnPartition<EntryRow>(ctx, statement, values).catch((error: unknown) => {
      throw error instanceof StaleSchemaError ? notFound() : error;
    });
    if (rows.length > 0) yield rows;
    boundGarbage();
    if (rows.length < limit) return;
    last = rows.at(-1)?.entry_id as string;
    const length = rows.reduce((sum, { data }) => sum + data.length, 0);
    limit = Math.min(BATCH_ROWS, Math.max(1, Math.floor((BATCH_LENGTH * rows.length) / length)));
  }
}
