import type { Method, Permission, RuleAction } from '@cms/contracts';
import { AppError, notFound } from '../../platform/errors/app-error.ts';
import type { CollectionCtx, Ctx } from '../context.ts';
import { mayKnow } from '../principal-in-project.ts';
import { accessTo, isAboveRules, refused } from './access.ts';

/** What an operation wants of a collection. */
export interface Opening {
  readonly permission: Permission;
  readonly action: RuleAction;
  /** True where it writes entries: an archived collection or project takes none. */
  readonly writes: boolean;
}

/** `@request.method` of an action, the same through every door: many are refused as one would be. */
const methodOf: Readonly<Record<RuleAction, Method>> = {
  list: 'GET',
  view: 'GET',
  create: 'POST',
  update: 'PATCH',
  delete: 'DELETE',
};

/** What a context gains by a collection that was opened to the caller. */
export type Opened = Omit<CollectionCtx, keyof Ctx>;

/**
 * Finds a collection by id or name and opens it to the caller, with the rule that decides entry by
 * entry. Who has neither permission nor rule learns nothing of what exists. Throws UNAUTHORIZED or
 * FORBIDDEN, NOT_FOUND, PROJECT_ARCHIVED or COLLECTION_ARCHIVED.
 */
export async function openCollection(
  ctx: Ctx,
  reference: string,
  { permission, action, writes }: Opening,
): Promise<Opened> {
  const method = methodOf[action];
  // What the rules of a private project open, they open to its members.
  const collection = mayKnow(ctx.principal, ctx.project)
    ? await ctx.schemas.find(ctx.project.id, reference)
    : undefined;
  const granted = accessTo(ctx, collection, { action, permission, method });
  if (!granted) throw refused(ctx.principal);
  if (!collection || (collection.status === 'draft' && !isAboveRules(ctx.principal)))
    throw notFound();
  if (writes && ctx.project.status === 'archived') throw new AppError('PROJECT_ARCHIVED');
  if (writes && collection.status === 'archived') throw new AppError('COLLECTION_ARCHIVED');
  const { principal, clock } = ctx;
  const view = collection.views.of({ principal, method, clock });
  return { collection, view, method, ...granted };
}
