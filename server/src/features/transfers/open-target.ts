import type { Ctx } from '../../content/context.ts';
import { type Access, accessTo, isAboveRules } from '../../content/policy/access.ts';
import type { Collection } from '../../content/schema/collection.ts';

/** How far a caller sees the entries that relations point to; undefined where it sees none. */
export function openTarget(ctx: Ctx, target: Collection): Access | undefined {
  const isOpen = target.status !== 'draft' || isAboveRules(ctx.principal);
  return isOpen
    ? accessTo(ctx, target, { action: 'view', permission: 'content:read', method: 'GET' })
    : undefined;
}
