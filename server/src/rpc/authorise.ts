import type { Contract } from '@cms/contracts';
import type { CollectionCtx, Ctx } from '../content/context.ts';
import { refused } from '../content/policy/access.ts';
import { openCollection } from '../content/policy/open-collection.ts';

/**
 * Lets the caller in or throws. A contract with a rule names a collection: it is looked up here,
 * once, and handed on with the rule that decides entry by entry. An operation that holds many leaves
 * it to each of them.
 */
export async function authorise(
  contract: Contract,
  ctx: Ctx,
  rawInput: unknown,
): Promise<Ctx | CollectionCtx> {
  const { access } = contract;
  if (access === 'public' || 'perOperation' in access) return ctx;
  if ('signedIn' in access) {
    if (ctx.principal.kind === 'user') return ctx;
    throw refused(ctx.principal, 'Sign in with an account: a key has none of its own.');
  }
  const { permission, rule: action } = access;
  if (!action) {
    if (!ctx.principal.permissions.has(permission)) throw refused(ctx.principal);
    return ctx;
  }
  const writes = contract.kind === 'mutation';
  const reference = collectionOf(rawInput);
  return Object.assign(ctx, await openCollection(ctx, reference, { permission, action, writes }));
}

function collectionOf(input: unknown): string {
  const { collection, modelKey } = (input ?? {}) as Record<string, unknown>;
  const reference = collection ?? modelKey;
  return typeof reference === 'string' ? reference : '';
}
