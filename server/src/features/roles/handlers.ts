import type { contracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { platformOne } from '../../content/platform-reply.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Scope } from '../members/index.ts';
import { createRole } from './create-role.ts';
import { deleteRole } from './delete-role.ts';
import { listRoles } from './list-roles.ts';
import { findRole, toCustomRole } from './role.mapper.ts';
import { updateRole } from './update-role.ts';

/** The custom roles of teams, or of projects. */
export const rolesHandlers = (accounts: Accounts, kind: Scope['kind']) =>
  ({
    list: listRoles,
    get: async (ctx, { id, roleId }) => platformOne(toCustomRole(await findRole(ctx, id, roleId))),
    create: (ctx, { id, ...input }) => createRole(ctx, { kind, id }, input),
    update: (ctx, { id, ...input }) => updateRole(accounts, ctx, { kind, id }, input),
    delete: (ctx, { id, roleId, expected_version }) =>
      deleteRole(ctx, { kind, id }, roleId, expected_version),
  }) satisfies HandlersOf<typeof contracts.members.roles>;
