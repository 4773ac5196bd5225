import { changesContent, type Contract, type Permission } from '@cms/contracts';
import type { CollectionCtx, Ctx } from '../content/context.ts';
import { permissionsInTeam } from '../content/permissions-in-team.ts';
import { refused } from '../content/policy/access.ts';
import { openCollection } from '../content/policy/open-collection.ts';
import { principalInProject } from '../content/principal-in-project.ts';
import { AppError, notFound } from '../platform/errors/app-error.ts';

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
  if ('known' in access) {
    if (ctx.principal.kind !== 'anonymous') return ctx;
    throw refused(ctx.principal);
  }
  const { permission, rule: action } = access;
  if (access.self !== undefined) return asItself(ctx, rawInput, access.self, permission);
  if (access.project !== undefined) {
    const own = await inProject(ctx, rawInput, access.project, permission);
    assertActive(contract, own);
    return own;
  }
  if (access.team !== undefined) return inTeam(ctx, rawInput, access.team, permission);
  if (!action) {
    if (!ctx.principal.permissions.has(permission)) throw refused(ctx.principal);
    assertActive(contract, ctx);
    return ctx;
  }
  const writes = contract.kind === 'mutation';
  const reference = collectionOf(rawInput);
  return Object.assign(ctx, await openCollection(ctx, reference, { permission, action, writes }));
}

/** Lets an account in to what is its own, others by their permission; nobody learns of anybody else. */
function asItself(ctx: Ctx, rawInput: unknown, key: string, permission: Permission): Ctx {
  const { principal } = ctx;
  if (principal.permissions.has(permission)) return ctx;
  if (principal.kind === 'anonymous') throw refused(principal);
  const id = ((rawInput ?? {}) as Record<string, unknown>)[key];
  if (principal.kind === 'user' && (id === 'me' || id === principal.accountId)) return ctx;
  throw notFound();
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

/** Lets the caller in by what it may do in the team that the input names. */
async function inTeam(
  ctx: Ctx,
  rawInput: unknown,
  key: string,
  permission: Permission,
): Promise<Ctx> {
  if (ctx.principal.kind === 'anonymous') throw refused(ctx.principal);
  const id = ((rawInput ?? {}) as Record<string, unknown>)[key];
  const permissions = typeof id === 'string' ? await permissionsInTeam(ctx, id) : undefined;
  if (!permissions?.has('project:read')) throw notFound();
  const principal = { ...ctx.principal, permissions };
  if (!permissions.has(permission)) throw refused(principal);
  return Object.assign(ctx, { principal });
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
