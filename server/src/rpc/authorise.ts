import { changesContent, type Contract, type Permission } from '@cms/contracts';
import type { CollectionCtx, Ctx } from '../content/context.ts';
import { accessTo, refused } from '../content/policy/access.ts';
import { mayKnow, principalInProject } from '../content/principal-in-project.ts';
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
  if ('known' in access) {
    if (ctx.principal.kind !== 'anonymous') return ctx;
    throw refused(ctx.principal);
  }
  const { permission, rule: action } = access;
  if (access.project !== undefined) {
    const own = await inProject(ctx, rawInput, access.project, permission);
    assertActive(contract, own);
    return own;
  }
  if (!action) {
    if (!ctx.principal.permissions.has(permission)) throw refused(ctx.principal);
    assertActive(contract, ctx);
    return ctx;
  }
  // What the rules of a private project open, they open to its members.
  const collection = mayKnow(ctx.principal, ctx.project)
    ? await ctx.schemas.find(ctx.project.id, collectionOf(rawInput))
    : undefined;
  const granted = accessTo(ctx, collection, { action, permission, method });
  if (!granted) throw refused(ctx.principal);
  const seesHidden = ctx.principal.permissions.has('schema:manage');
  if (!collection || (collection.status === 'draft' && !seesHidden)) throw notFound();
  assertActive(contract, ctx);
  if (contract.kind === 'mutation' && collection.status === 'archived')
    throw new AppError('COLLECTION_ARCHIVED');
  return Object.assign(ctx, { collection, seesHidden, method, ...granted });
}

/** Lets the caller in by what it may do in the project that the input names. */
async function inProject(
  ctx: Ctx,
  rawInput: unknown,
  key: string,
  permission: Permission,
): Promise<Ctx> {
  if (ctx.principal.kind === 'anonymous') throw refused(ctx.principal);
  const id = ((rawInput ?? {}) as Record<string, unknown>)[key];
  const project = typeof id === 'string' ? await ctx.projects.find(id) : undefined;
  const principal = project && principalInProject(ctx.principal, project, true);
  // Who may not even read it does not learn that it is there.
  if (!project || !principal?.permissions.has('project:read')) throw notFound();
  if (!principal.permissions.has(permission)) throw refused(principal);
  return Object.assign(ctx, { project, principal });
}

function collectionOf(input: unknown): string {
  const { collection, modelKey } = (input ?? {}) as Record<string, unknown>;
  const reference = collection ?? modelKey;
  return typeof reference === 'string' ? reference : '';
}

/** An archived project can be read and nothing else. */
function assertActive(contract: Contract, { project }: Ctx): void {
  if (project.status === 'archived' && changesContent(contract))
    throw new AppError('PROJECT_ARCHIVED');
}
