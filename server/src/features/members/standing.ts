import { type Permission, permissions, type ProjectRole, rolePermissions } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { ownsInstance } from '../../content/permissions-in-team.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Scope } from './scope.ts';

/** A role as somebody has it or is to be given it. */
export interface HeldRole {
  readonly role: ProjectRole | 'custom';
  /** What a custom role allows. */
  readonly permissions: readonly Permission[] | null;
}

/** What the caller may do in a team or a project, as it is now. */
export interface Standing {
  readonly permissions: ReadonlySet<Permission>;
  /** Whether it may make and unmake owners. */
  readonly isOwner: boolean;
}

const find = prepared(
  `select m.role, r.permissions from (
    select role, custom_role_id from team_members where account_id = $1 and team_id = $2
    union all
    select role, custom_role_id from project_members where account_id = $1 and project_id = $2
    union all
    select t.role, t.custom_role_id from projects p join team_members t on t.team_id = p.team_id
    where t.account_id = $1 and p.id = $2
  ) m left join roles r on r.id = m.custom_role_id`,
);

export const permissionsOf = ({ role, permissions: own }: HeldRole): readonly Permission[] =>
  role === 'custom' ? (own ?? []) : rolePermissions[role];

/**
 * The caller's standing, read in the transaction of the change: roles that were just taken away count
 * no more, whatever this server still remembers. Throws FORBIDDEN for who may not manage members.
 */
export async function managerIn(tx: Ctx, scope: Scope): Promise<Standing> {
  const standing = await standingIn(tx, scope);
  if (!standing.permissions.has('members:manage')) throw new AppError('FORBIDDEN');
  return standing;
}

async function standingIn({ principal, sql }: Ctx, { id }: Scope): Promise<Standing> {
  if (ownsInstance(principal)) return { permissions: new Set(permissions), isOwner: true };
  if (principal.kind !== 'user') return { permissions: principal.permissions, isOwner: false };
  const held = await sql.rows<HeldRole>(find, [principal.accountId, id]);
  return {
    permissions: new Set(held.flatMap(permissionsOf)),
    isOwner: held.some(({ role }) => role === 'owner'),
  };
}

/** Throws FORBIDDEN where a role allows more than the caller may: nobody gives or takes such a one. */
export function assertWithin(standing: Standing, role: HeldRole): void {
  if (role.role === 'owner' && !standing.isOwner)
    throw new AppError('FORBIDDEN', 'Only owners make somebody an owner or change one.');
  assertPermissionsWithin(standing, permissionsOf(role));
}

/** The same of a list of permissions. */
export function assertPermissionsWithin(standing: Standing, wanted: readonly Permission[]): void {
  const beyond = wanted.filter((permission) => !standing.permissions.has(permission));
  if (beyond.length === 0) return;
  const message = `This goes beyond what you may do yourself: ${beyond.join(', ')}.`;
  throw new AppError('FORBIDDEN', message, {
    details: beyond.map((permission) => ({ field: permission, message, code: 'beyond_own' })),
  });
}
