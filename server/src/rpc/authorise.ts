import type { Contract } from '@cms/contracts';
import type { CollectionCtx, Ctx, Principal } from '../content/context.ts';
import { AppError, notFound } from '../platform/errors/app-error.ts';

/**
 * Lets the caller in or throws. A contract with a rule names a collection: it is looked up here,
 * once, and handed on. Who has neither permission nor rule learns nothing of what exists.
 */
export async function authorise(
  contract: Contract,
  ctx: Ctx,
  rawInput: unknown,
): Promise<Ctx | CollectionCtx> {
  const { access } = contract;
  if (access === 'public') return ctx;
  const permitted = ctx.principal.permissions.has(access.permission);
  if (!access.rule) {
    if (!permitted) throw refused(ctx.principal);
    return ctx;
  }
  const collection = await ctx.schemas.find(ctx.project.id, collectionOf(rawInput));
  const rule = collection?.rules[access.rule] ?? null;
  const open = rule === '' && collection?.status !== 'draft';
  if (!permitted && !open) throw refused(ctx.principal);
  if (!collection) throw notFound();
  if (contract.kind === 'mutation') assertWritable(ctx, collection.status);
  const seesHidden = ctx.principal.permissions.has('schema:manage');
  return Object.assign(ctx, { collection, publishedOnly: !permitted, seesHidden });
}

function collectionOf(input: unknown): string {
  const { collection, modelKey } = (input ?? {}) as Record<string, unknown>;
  const reference = collection ?? modelKey;
  return typeof reference === 'string' ? reference : '';
}

const refused = (principal: Principal): AppError =>
  new AppError(principal.kind === 'anonymous' ? 'UNAUTHORIZED' : 'FORBIDDEN');

function assertWritable(ctx: Ctx, status: string): void {
  if (ctx.project.status === 'archived') throw new AppError('PROJECT_ARCHIVED');
  if (status === 'archived') throw new AppError('COLLECTION_ARCHIVED');
}
