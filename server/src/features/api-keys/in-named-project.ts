import type { Ctx } from '../../content/context.ts';
import { refused } from '../../content/policy/access.ts';
import { principalInProject } from '../../content/principal-in-project.ts';
import type { AppError } from '../../platform/errors/app-error.ts';

/**
 * The context in the project that the input names, or as it is where it names none. Throws what is
 * given for a project that the caller may not know, FORBIDDEN for one where it may have no keys.
 */
export async function inNamedProject(
  ctx: Ctx,
  id: string | undefined,
  missing: () => AppError,
): Promise<Ctx> {
  if (id === undefined || id === ctx.project.id) return ctx;
  const project = await ctx.projects.find(id);
  const principal = project && principalInProject(ctx.principal, project, true);
  if (!project || !principal?.permissions.has('project:read')) throw missing();
  if (!principal.permissions.has('keys:manage_own')) throw refused(principal);
  return Object.assign(ctx, { project, principal });
}
