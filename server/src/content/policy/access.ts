import type { ErrorDetail, Permission, RuleAction } from '@cms/contracts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Ctx, Principal } from '../context.ts';
import type { Collection } from '../schema/collection.ts';
import { type BoundRule, bindRule } from './bound-rule.ts';

/** How far a caller is let in. */
export interface Access {
  readonly publishedOnly: boolean;
  readonly rule: BoundRule | undefined;
  /** True where only what the caller created may be changed. */
  readonly ownOnly?: boolean | undefined;
}

export interface Wanted {
  readonly action: RuleAction;
  readonly permission: Permission;
  /** The operation's own method. */
  readonly method: string;
}

/** Owners and admins, whom no rule binds: those who may change the rules. */
export const isAboveRules = ({ permissions }: Principal): boolean =>
  permissions.has('schema:manage');

/** Whether a caller has a permission everywhere, or by its key's scopes in that collection. */
function holds(
  principal: Principal,
  wanted: Permission,
  collectionId: string | undefined,
): boolean {
  if (principal.permissions.has(wanted)) return true;
  if (principal.kind !== 'key' || collectionId === undefined) return false;
  return principal.grants.get(wanted)?.has(collectionId) ?? false;
}

/**
 * What a caller may do in a collection, or undefined where that is nothing. A rule that is set decides
 * alone; without one it is the permission that counts. Drafts of collections have no public.
 */
export function accessTo(
  ctx: Pick<Ctx, 'principal' | 'clock'>,
  collection: Pick<Collection, 'id' | 'policy' | 'status'> | undefined,
  { action, permission, method }: Wanted,
): Access | undefined {
  const may = (wanted: Permission) => holds(ctx.principal, wanted, collection?.id);
  const all = may(permission);
  const own = !all && permission === 'content:write' && may('content:write_own');
  const permitted = all || own;
  const rule = collection?.policy.ruleOf(action) ?? null;
  if (permitted && (rule === null || isAboveRules(ctx.principal)))
    return { publishedOnly: false, rule: undefined, ownOnly: own || undefined };
  if (rule === null || (!permitted && collection?.status === 'draft')) return undefined;
  const bound =
    rule === 'all'
      ? undefined
      : bindRule(rule, { principal: ctx.principal, clock: ctx.clock, method });
  return { publishedOnly: !permitted, rule: bound };
}

/** The refusal of who is known, and of who is not. */
export const refused = (
  { kind }: Principal,
  message?: string,
  details: readonly ErrorDetail[] = [],
): AppError =>
  kind === 'anonymous'
    ? new AppError('UNAUTHORIZED', undefined, { details })
    : new AppError('FORBIDDEN', message, { details });
