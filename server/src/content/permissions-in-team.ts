import { permissions, type Permission } from '@cms/contracts';
import { prepared } from '../platform/db/sql.ts';
import type { Ctx, Principal } from './context.ts';

const everything: ReadonlySet<Permission> = new Set(permissions);
const find = prepared('select id from teams where id = $1');

/** True for the root key and the instance's administrators: everything is theirs. */
export const ownsInstance = (principal: Principal): boolean =>
  principal.kind === 'user'
    ? principal.role === 'admin'
    : principal.kind === 'root' && principal.projectId === null;

/**
 * What the caller may do in a team; undefined where there is none or it may not know of it. Keys
 * belong to a project and so to no team.
 */
export async function permissionsInTeam(
  { principal, sql }: Ctx,
  teamId: string,
): Promise<ReadonlySet<Permission> | undefined> {
  if (ownsInstance(principal)) {
    const found = await sql.rows(find, [teamId]);
    return found.length > 0 ? everything : undefined;
  }
  return principal.kind === 'user' ? principal.teams.get(teamId) : undefined;
}
