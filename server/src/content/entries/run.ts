import type { Statement } from '../../platform/db/sql.ts';
import type { CollectionCtx } from '../context.ts';
import { StaleSchemaError } from '../schema/stale-schema.ts';

/** The partition is gone; a value is not of its field's type: both mean that the schema is another. */
const stale = new Set(['42P01', '22P02']);

/** The error of a statement that was made for another schema, as one to start again from. */
export const staleOr = (error: unknown): unknown =>
  stale.has(String((error as { code?: string }).code)) ? new StaleSchemaError() : error;

/** Runs a statement on a collection's partition. Throws StaleSchemaError when that is gone. */
export const runOnPartition = <Row extends object>(
  ctx: CollectionCtx,
  statement: Statement,
  values: readonly unknown[],
): Promise<Row[]> =>
  ctx.sql.rows<Row>(statement, values).catch((error: unknown) => {
    throw staleOr(error);
  });
