import type { ProjectPermission } from '@cms/contracts';
import { type Ctx, transaction } from '../../content/context.ts';
import { platformOne } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { invalid } from '../../platform/errors/app-error.ts';
import {
  assertPermissionsWithin,
  lockScope,
  managerIn,
  recordIn,
  type Scope,
} from '../members/index.ts';
import { assertFreeName, orderedPermissions, roleNameTaken } from './check-role.ts';
import { findRole, toCustomRole } from './role.mapper.ts';

/** Custom roles of one team or project. */
const MAX_ROLES = 100;

const count = prepared('select count(*)::int as total from roles where scope_id = $1');
const insert = prepared(
  `insert into roles (id, scope_id, name, description, permissions, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $6)`,
);

export interface RoleInput {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly permissions: readonly ProjectPermission[];
}

/**
 * Makes a role of a team or a project. Throws FORBIDDEN for permissions beyond the caller's own,
 * CONFLICT for a name that is taken, VALIDATION_ERROR for a built-in one's.
 */
export const createRole = (ctx: Ctx, scope: Scope, input: RoleInput) =>
  transaction(ctx, async (tx) => {
    await lockScope(tx, scope);
    const standing = await managerIn(tx, scope);
    assertFreeName(input.name);
    await assertRoom(tx, scope);
    const permissions = orderedPermissions(input.permissions);
    assertPermissionsWithin(standing, permissions);
    const id = tx.newId('role');
    const { name, description = null } = input;
    const at = tx.clock.now().toISOString();
    const values = [id, scope.id, name, description, JSON.stringify(permissions), at];
    await tx.sql.rows(insert, values).catch((error: unknown) => {
      throw roleNameTaken(error);
    });
    await recordIn(tx, scope, { type: 'role.created', after: { id, name, permissions } });
    return platformOne(toCustomRole(await findRole(tx, scope.id, id)));
  });

async function assertRoom(tx: Ctx, { id }: Scope): Promise<void> {
  const [counted] = await tx.sql.rows<{ total: number }>(count, [id]);
  if ((counted?.total ?? 0) < MAX_ROLES) return;
  const message = `There can be ${MAX_ROLES} roles; delete one that nobody has.`;
  throw invalid([{ field: 'name', message, code: 'max_items' }]);
}
