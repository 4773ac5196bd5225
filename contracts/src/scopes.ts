import { permissions, type Permission } from './permissions.ts';

/** The three wide scopes, the narrowest first: reading, reading and content, and everything. */
export const accessLevels = ['read', 'write', 'admin'] as const;
export type AccessLevel = (typeof accessLevels)[number];

/** What a scope for a single collection may allow there. */
export const collectionScopes = ['content:read', 'content:write'] as const;
export type CollectionScope = (typeof collectionScopes)[number];

const reading = permissions.filter((permission) => permission.endsWith(':read'));
const content = permissions.filter((permission) => permission.startsWith('content:'));

const levels: Readonly<Record<AccessLevel, readonly Permission[]>> = {
  read: reading,
  write: [...new Set([...reading, ...content])],
  admin: permissions,
};

/** Who may do it for all may do it for what is its own: those who have the one need not ask for the other. */
const withOwn = (permission: Permission): readonly Permission[] =>
  permissions.filter((each) => each === permission || each === `${permission}_own`);

const named = new Map<string, readonly Permission[]>([
  ...Object.entries(levels),
  ...permissions.map((permission) => [permission, withOwn(permission)] as const),
  ...permissions.map((permission) => {
    const start = permission.slice(0, permission.indexOf(':') + 1);
    return [`${start}*`, permissions.filter((each) => each.startsWith(start))] as const;
  }),
]);

/** Every scope that is no single collection's. */
export const scopeNames: readonly string[] = [...named.keys()];

/** What a scope stands for, undefined for one that is not known or is a single collection's. */
export const permissionsOfScope = (scope: string): readonly Permission[] | undefined =>
  named.get(scope);

export const isAccessLevel = (scope: string): scope is AccessLevel =>
  (accessLevels as readonly string[]).includes(scope);

/** The parts of a scope for a single collection, such as `content:read:posts`. */
export function collectionScopeOf(
  scope: string,
): { readonly permission: CollectionScope; readonly collection: string } | undefined {
  const permission = collectionScopes.find((each) => scope.startsWith(`${each}:`));
  return permission && { permission, collection: scope.slice(permission.length + 1) };
}

/** The least access level that holds all of these permissions. */
export const accessLevelOf = (held: Iterable<Permission>): AccessLevel => {
  const all = [...held];
  const level = accessLevels.find((each) => all.every((one) => levels[each].includes(one)));
  return level ?? 'admin';
};
