import type { Statement } from '../../platform/db/sql.ts';
import type { CollectionCtx } from '../context.ts';
import { StaleSchemaError } from '../schema/stale-schema.ts';

/** The error of a statement whose partition went with its collection, as one to start again from. */
export const staleOr = (error: unknown): unknown =>
  (error as { code?: string }).code === '42P01' ? new StaleSchemaError() : error;

/** Runs a statement on a collection's partition. Throws StaleSchemaError when that is gone. */
export const runOnPartition = <Row extends object>(
  ctx: CollectionCtx,
  statement: Statement,
  values: readonly unknown[],
): Promise<Row[]> =>
  ctx.sql.rows<Row>(statement, values).catch((error: unknown) => {
    throw staleOr(error);
  });
