import type { Contract } from '@cms/contracts';
import type { CollectionCtx, Ctx } from '../content/context.ts';
import { accessTo, refused } from '../content/policy/access.ts';
import { AppError, notFound } from '../platform/errors/app-error.ts';

/**
 * Lets the caller in or throws. A contract with a rule names a collection: it is looked up here,
 * once, and handed on with the rule that decides entry by entry. Who has neither permission nor rule
 * learns nothing of what exists.
 */
export async function authorise(
  contract: Contract,
  ctx: Ctx,
  rawInput: unknown,
): Promise<Ctx | CollectionCtx> {
  const { access, method } = contract;
  if (access === 'public') return ctx;
  if ('signedIn' in access) {
    if (ctx.principal.kind === 'user') return ctx;
    throw refused(ctx.principal, 'Sign in with an account: a key has none of its own.');
  }
  const { permission, rule: action } = access;
  if (!action) {
    if (!ctx.principal.permissions.has(permission)) throw refused(ctx.principal);
    return ctx;
  }
  const collection = await ctx.schemas.find(ctx.project.id, collectionOf(rawInput));
  const granted = accessTo(ctx, collection, { action, permission, method });
  if (!granted) throw refused(ctx.principal);
  const seesHidden = ctx.principal.permissions.has('schema:manage');
  if (!collection || (collection.status === 'draft' && !seesHidden)) throw notFound();
  if (contract.kind === 'mutation') assertWritable(ctx, collection.status);
  return Object.assign(ctx, { collection, seesHidden, method, ...granted });
}

function collectionOf(input: unknown): string {
  const { collection, modelKey } = (input ?? {}) as Record<string, unknown>;
  const reference = collection ?? modelKey;
  return typeof reference === 'string' ? reference : '';
}

function assertWritable(ctx: Ctx, status: string): void {
  if (ctx.project.status === 'archived') throw new AppError('PROJECT_ARCHIVED');
  if (status === 'archived') throw new AppError('COLLECTION_ARCHIVED');
}
