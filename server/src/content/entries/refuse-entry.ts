import { AppError, notFound } from '../../platform/errors/app-error.ts';
import type { CollectionCtx } from '../context.ts';
import { accessTo, refused } from '../policy/access.ts';
import { readEntry } from './read.ts';

/**
 * The refusal of a change that a rule forbids: plain where the caller may see the entry, else the very
 * answer for what does not exist.
 */
export async function refuseEntry(ctx: CollectionCtx, id: string): Promise<AppError> {
  const view = accessTo(ctx, ctx.collection, {
    action: 'view',
    permission: 'content:read',
    method: 'GET',
  });
  if (!view) return notFound();
  try {
    await readEntry({ ...ctx, ...view }, id);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  return refused(ctx.principal);
}
