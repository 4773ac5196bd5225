import { type Ctx, transaction } from '../../content/context.ts';
import { assertVersion, platformOne } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { type Accounts, announceAccounts } from '../accounts/index.ts';
import {
  assertPermissionsWithin,
  lockScope,
  managerIn,
  recordIn,
  type Scope,
} from '../members/index.ts';
import { assertFreeName, orderedPermissions, roleNameTaken } from './check-role.ts';
import type { RoleInput } from './create-role.ts';
import { findRole, toCustomRole } from './role.mapper.ts';

const update = prepared(
  'update roles set name = $2, description = $3, permissions = $4, updated_at = $5 where id = $1',
);
const holders = prepared(
  `select account_id as id from team_members where custom_role_id = $1
  union select account_id from project_members where custom_role_id = $1`,
);

type RoleChange = { readonly [K in keyof RoleInput]?: RoleInput[K] | undefined } & {
  readonly roleId: string;
  readonly expected_version?: number | undefined;
};

/**
 * Changes what is given of a role; every server learns it for all who have the role. Throws FORBIDDEN
 * where the role allows, or would allow, more than the caller may.
 */
export const updateRole = (accounts: Accounts, ctx: Ctx, scope: Scope, input: RoleChange) =>
  transaction(ctx, async (tx) => {
    await lockScope(tx, scope);
    const standing = await managerIn(tx, scope);
    const { roleId } = input;
    const before = await findRole(tx, scope.id, roleId);
    assertVersion(input.expected_version, toCustomRole(before));
    assertPermissionsWithin(standing, before.permissions);
    if (input.name !== undefined) assertFreeName(input.name);
    const permissions = orderedPermissions(input.permissions ?? before.permissions);
    assertPermissionsWithin(standing, permissions);
    const { name = before.name, description = before.description } = input;
    const at = tx.clock.now().toISOString();
    const values = [roleId, name, description, JSON.stringify(permissions), at];
    await tx.sql.rows(update, values).catch((error: unknown) => {
      throw roleNameTaken(error);
    });
    const held = await tx.sql.rows<{ id: string }>(holders, [roleId]);
    const accountIds = held.map(({ id }) => id);
    await announceAccounts(accounts.sessions, tx, accountIds);
    await recordIn(tx, scope, {
      type: 'role.updated',
      before: { id: roleId, name: before.name, permissions: before.permissions },
      after: { id: roleId, name, permissions },
    });
    return platformOne(toCustomRole(await findRole(tx, scope.id, roleId)));
  });
