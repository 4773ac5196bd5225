import { type Permission, type ProjectRole, rolePermissions } from '@cms/contracts';
import type { Principal } from './context.ts';

const nothing: ReadonlySet<Permission> = new Set();
const sets = new Map(
  Object.entries(rolePermissions).map(([role, list]) => [role, new Set(list)] as const),
);

const permissionsOf = (role: ProjectRole | undefined): ReadonlySet<Permission> =>
  (role && sets.get(role)) ?? nothing;

/**
 * The caller with what it may do in a project; undefined where it may not know of the project. An
 * account that is no member is let into a project it did not name, with what is public there.
 */
export function principalInProject(
  principal: Principal,
  projectId: string,
  named: boolean,
): Principal | undefined {
  if (principal.kind !== 'user')
    return principal.projectId === null || principal.projectId === projectId
      ? principal
      : undefined;
  const role = principal.role === 'admin' ? 'owner' : principal.memberships.get(projectId);
  if (!role && named) return undefined;
  return { ...principal, permissions: permissionsOf(role) };
}
