import { permissions, type Permission } from '@cms/contracts';
import type { KeyPrincipal, Principal, Project } from './context.ts';

const everything: ReadonlySet<Permission> = new Set(permissions);
const nothing: ReadonlySet<Permission> = new Set();

/**
 * The caller with what it may do in a project; undefined where it may not know of the project. Who
 * is no member is let into a public project, and into one that was not named, with what is public
 * there.
 */
export function principalInProject(
  principal: Principal,
  project: Pick<Project, 'id' | 'visibility'>,
  named: boolean,
): Principal | undefined {
  const open = !named || project.visibility === 'public';
  if (principal.kind === 'anonymous') return open ? principal : undefined;
  if (principal.kind !== 'user')
    return principal.projectId === null || principal.projectId === project.id
      ? principal
      : undefined;
  const held = principal.role === 'admin' ? everything : principal.memberships.get(project.id);
  if (!held && !open) return undefined;
  return { ...principal, permissions: held ?? nothing };
}

/**
 * Whether a caller, as it is in a project, may know what is in it: who may nothing in a private project
 * knows nothing of it, also where it was not named.
 */
export const mayKnow = (
  principal: Pick<Principal, 'permissions'> & { readonly grants?: KeyPrincipal['grants'] },
  { visibility }: Pick<Project, 'visibility'>,
): boolean =>
  visibility === 'public' ||
  principal.permissions.size > 0 ||
  // A key of single collections has no permission beside theirs.
  (principal.grants !== undefined && principal.grants.size > 0);
