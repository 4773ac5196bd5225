import type { ProjectPermission } from '@cms/contracts';
import type { Principal } from '../../content/context.ts';

/** The root key and the instance's administrators, whose every project is. */
export const reachesAll = (principal: Principal): boolean =>
  principal.kind === 'user'
    ? principal.role === 'admin'
    : principal.kind === 'root' && principal.projectId === null;

/** Ids of the projects in which a caller has a permission; null where that is all of them. */
export function reachOf(
  principal: Principal,
  permission: ProjectPermission,
): readonly string[] | null {
  if (reachesAll(principal)) return null;
  if (principal.kind === 'user')
    return [...principal.memberships].flatMap(([id, held]) => (held.has(permission) ? [id] : []));
  const { projectId, permissions } = principal;
  return projectId !== null && permissions.has(permission) ? [projectId] : [];
}
