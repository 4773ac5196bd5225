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
  if ('signedIn' in access) {
    if (ctx.principal.kind === 'user') return ctx;
    throw refused(ctx.principal, 'Sign in with an account: a key has none of its own.');
  }
  const { permissions } = ctx.principal;
  const permitted = permissions.has(access.permission);
  if (!access.rule) {
    if (!permitted) throw refused(ctx.principal);
    return ctx;
  }
  const own = access.permission === 'content:write' && permissions.has('content:write_own');
  const collection = await ctx.schemas.find(ctx.project.id, collectionOf(rawInput));
  const rule = collection?.rules[access.rule] ?? null;
  const open = rule === '' && collection?.status !== 'draft';
  if (!permitted && !own && !open) throw refused(ctx.principal);
  const seesHidden = permissions.has('schema:manage');
  if (!collection || (collection.status === 'draft' && !seesHidden)) throw notFound();
  if (contract.kind === 'mutation') assertWritable(ctx, collection.status);
  const publishedOnly = !permitted && !permissions.has('content:read');
  const ownOnly = !permitted && !open;
  return Object.assign(ctx, { collection, publishedOnly, ownOnly, seesHidden });
}

function collectionOf(input: unknown): string {
  const { collection, modelKey } = (input ?? {}) as Record<string, unknown>;
  const reference = collection ?? modelKey;
  return typeof reference === 'string' ? reference : '';
}

const refused = (principal: Principal, message?: string): AppError =>
  principal.kind === 'anonymous'
    ? new AppError('UNAUTHORIZED')
    : new AppError('FORBIDDEN', message);

function assertWritable(ctx: Ctx, status: string): void {
  if (ctx.project.status === 'archived') throw new AppError('PROJECT_ARCHIVED');
  if (status === 'archived') throw new AppError('COLLECTION_ARCHIVED');
}
