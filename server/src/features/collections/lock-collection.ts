import { LockMode } from '@mikro-orm/core';
import type { Tx } from '../../content/context.ts';
import { withoutTimeLimit } from '../../platform/db/time-limits.ts';
import { AppError, notFound } from '../../platform/errors/app-error.ts';
import { CollectionEntity, type CollectionRow } from './collection.entity.ts';

/**
 * The collection by id or name, locked until the transaction ends, which may take long. Throws NOT_FOUND, or
 * PRECONDITION_FAILED when it is not at the expected revision.
 */
export async function lockCollection(
  tx: Tx,
  reference: string,
  expectedRevision: number | undefined,
): Promise<CollectionRow> {
  const row = await tx.em.findOne(
    CollectionEntity,
    { $or: [{ id: reference }, { name: reference }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!row) throw notFound();
  if (expectedRevision !== undefined && expectedRevision !== row.revision)
    throw new AppError('PRECONDITION_FAILED');
  await withoutTimeLimit(tx.sql);
  return row;
}
