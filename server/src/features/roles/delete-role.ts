import { type Ctx, transaction } from '../../content/context.ts';
import { assertVersion } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import {
  assertPermissionsWithin,
  lockScope,
  managerIn,
  recordIn,
  type Scope,
} from '../members/index.ts';
import { findRole, toCustomRole } from './role.mapper.ts';

const remove = prepared('delete from roles where id = $1');
const FOREIGN_KEY_VIOLATION = '23503';
const RESTRICT_VIOLATION = '23001';

/** Deletes a role. Throws CONFLICT while a member has it, which the database holds. */
export const deleteRole = (
  ctx: Ctx,
  scope: Scope,
  roleId: string,
  expectedVersion: number | undefined,
): Promise<void> =>
  transaction(ctx, async (tx) => {
    await lockScope(tx, scope);
    const standing = await managerIn(tx, scope);
    const role = await findRole(tx, scope.id, roleId);
    assertVersion(expectedVersion, toCustomRole(role));
    const { name, permissions } = role;
    assertPermissionsWithin(standing, permissions);
    await tx.sql.rows(remove, [roleId]).catch((error: unknown) => {
      throw inUse(error);
    });
    await recordIn(tx, scope, { type: 'role.deleted', before: { id: roleId, name, permissions } });
  });

function inUse(error: unknown): unknown {
  const code = String((error as { code?: string }).code);
  if (code !== FOREIGN_KEY_VIOLATION && code !== RESTRICT_VIOLATION) return error;
  return new AppError('CONFLICT', 'Members have this role; give them another one first.');
}
