import {
  collectionScopeOf,
  type CollectionScope,
  type Permission,
  permissionsOfScope,
} from '@cms/contracts';

/** Ids of the collections that a key's scopes name, by what they allow there. */
export type CollectionGrants = Readonly<Partial<Record<CollectionScope, readonly string[]>>>;

/** What may be done: everywhere in a project, and in single collections by their ids. */
export interface Rights {
  readonly permissions: ReadonlySet<Permission>;
  readonly grants: ReadonlyMap<Permission, ReadonlySet<string>>;
}

/** What scopes stand for, whoever asked for them. */
export function rightsOf(scopes: readonly string[], named: CollectionGrants): Rights {
  const grants = new Map<Permission, ReadonlySet<string>>();
  for (const [scope, ids] of Object.entries(named))
    for (const permission of permissionsOfScope(scope) ?? []) grants.set(permission, new Set(ids));
  const wide = scopes.filter((scope) => collectionScopeOf(scope) === undefined);
  return {
    permissions: new Set(wide.flatMap((scope) => permissionsOfScope(scope) ?? [])),
    grants,
  };
}

/** What is left of rights for a key whose maker holds these permissions. */
export const boundedBy = (
  { permissions, grants }: Rights,
  held: ReadonlySet<Permission>,
): Rights => ({
  permissions: new Set([...permissions].filter((permission) => held.has(permission))),
  grants: new Map([...grants].filter(([permission]) => held.has(permission))),
});

/** True where whoever has the one may do all that the other allows. */
export function covers(holder: Rights, wanted: Rights): boolean {
  for (const permission of wanted.permissions)
    if (!holder.permissions.has(permission)) return false;
  for (const [permission, ids] of wanted.grants)
    for (const id of ids) if (!mayIn(holder, permission, id)) return false;
  return true;
}

const mayIn = ({ permissions, grants }: Rights, permission: Permission, id: string): boolean =>
  permissions.has(permission) || grants.get(permission)?.has(id) === true;
