import type { Aggregates } from '@cms/contracts';
import {
  aggregateEntries,
  type AggregateQuery,
} from '../../content/aggregates/aggregate-entries.ts';
import type { CollectionCtx } from '../../content/context.ts';
import { AppError, invalid } from '../../platform/errors/app-error.ts';

/** Aggregates as a body asks for them: its mistakes are a body's. */
export async function aggregateByBody(
  ctx: CollectionCtx,
  query: AggregateQuery,
): Promise<Aggregates> {
  try {
    return await aggregateEntries(ctx, query);
  } catch (error) {
    throw error instanceof AppError && error.code === 'INVALID_INPUT'
      ? invalid(error.details)
      : error;
  }
}
