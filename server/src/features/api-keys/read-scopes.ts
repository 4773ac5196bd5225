import {
  type AccessLevel,
  accessLevelOf,
  collectionScopeOf,
  collectionScopes,
  type ErrorDetail,
  permissionsOfScope,
  scopeNames,
} from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import type { Collection } from '../../content/schema/collection.ts';
import { invalid } from '../../platform/errors/app-error.ts';
import { type CollectionGrants, covers, type Rights, rightsOf } from './rights.ts';

/** What a request says of scopes. */
export interface ScopesInput {
  readonly scopes?: string[] | undefined;
  readonly access_level?: AccessLevel | undefined;
}

/** Scopes as they are stored, and what they stand for. */
export interface ReadScopes {
  /** As they were sent. */
  readonly scopes: string[];
  readonly grants: CollectionGrants;
  readonly level: AccessLevel;
  readonly rights: Rights;
  /** What each of them stands for, with its place in the request. */
  readonly each: readonly {
    readonly scope: string;
    readonly field: string;
    readonly rights: Rights;
  }[];
}

/**
 * Reads the scopes of a request; without any, a key reads. Throws VALIDATION_ERROR for a scope that is
 * not known, names a collection that is not there, or goes beyond the access level beside it.
 */
export async function readScopes(ctx: Ctx, input: ScopesInput): Promise<ReadScopes> {
  const { access_level: ceiling } = input;
  const scopes = input.scopes ?? [ceiling ?? 'read'];
  const details: ErrorDetail[] = [];
  const each: ReadScopes['each'][number][] = [];
  const grants: Record<string, string[]> = {};
  for (const [index, scope] of scopes.entries()) {
    const field = input.scopes ? `scopes.${index}` : 'access_level';
    const single = collectionScopeOf(scope);
    const named: Record<string, string[]> = {};
    if (single) {
      const collection = await ctx.schemas.find(ctx.project.id, single.collection);
      if (!collection || !isKnown(ctx, collection)) {
        details.push(noCollection(field, single.collection));
        continue;
      }
      named[single.permission] = [collection.id];
      grants[single.permission] = [...(grants[single.permission] ?? []), collection.id];
    } else if (!permissionsOfScope(scope)) {
      details.push(unknown(field, scope));
      continue;
    }
    each.push({ scope, field, rights: rightsOf([scope], named) });
  }
  if (ceiling)
    for (const { scope, field, rights } of each)
      if (!covers(rightsOf([ceiling], {}), rights)) details.push(tooWide(field, scope, ceiling));
  if (details.length > 0) throw invalid(details);
  const rights = rightsOf(scopes, grants);
  const level = accessLevelOf([...rights.permissions, ...rights.grants.keys()]);
  return { scopes, grants, level, rights, each };
}

/** Who may not know a collection cannot find out by naming it. */
function isKnown({ principal }: Ctx, { id, status }: Collection): boolean {
  const { permissions } = principal;
  if (permissions.has('schema:manage')) return true;
  if (status === 'draft') return false;
  if (permissions.has('schema:read') || permissions.has('content:read')) return true;
  return principal.kind === 'key' && [...principal.grants.values()].some((ids) => ids.has(id));
}

const unknown = (field: string, scope: string): ErrorDetail => ({
  field,
  message: `There is no scope "${scope}"; there is ${scopeNames.join(', ')}, and for single collections ${collectionScopes.map((each) => `${each}:<collection>`).join(' and ')}.`,
  code: 'unknown_scope',
});

const noCollection = (field: string, name: string): ErrorDetail => ({
  field,
  message: `There is no collection "${name}" in this project.`,
  code: 'unknown_collection',
});

const tooWide = (field: string, scope: string, level: AccessLevel): ErrorDetail => ({
  field,
  message: `"${scope}" goes beyond the access level "${level}"; leave out one of them.`,
  code: 'access_level',
});
