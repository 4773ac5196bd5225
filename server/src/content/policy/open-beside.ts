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
  // Derived, not spread: an entity manager that nobody asks for is not made.
  const own = Object.create(ctx) as CollectionCtx;
  const view = target.views.of({ principal: ctx.principal, clock: ctx.clock, method });
  return Object.assign(own, { ownOnly: undefined, ...access, collection: target, view, method });
}
