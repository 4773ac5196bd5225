import type { CollectionCtx } from '../context.ts';
import type { Collection } from '../schema/collection.ts';
import { accessTo, isAboveRules } from './access.ts';

/**
 * Another collection of the project, opened to the same caller for what a list of it would show; null
 * where that is nothing.
 */
export function openBeside(ctx: CollectionCtx, target: Collection): CollectionCtx | null {
  if (target.status === 'draft' && !isAboveRules(ctx.principal)) return null;
  const method = 'GET';
  const access = accessTo(ctx, target, { action: 'list', permission: 'content:read', method });
  if (!access) return null;
  const view = target.views.of({ principal: ctx.principal, clock: ctx.clock, method });
  return { ...ctx, ownOnly: undefined, ...access, collection: target, view, method };
}
