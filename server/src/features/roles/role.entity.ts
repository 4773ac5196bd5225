import { type ProjectPermission, projectRoles } from '@cms/contracts';
import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';

/** What a member's row says of its role: one of the built-in ones, or that it is a custom one. */
export const memberRoles = [...projectRoles, 'custom'] as const;

/** A role that somebody defined for a team or a project: a list of permissions. */
export const RoleEntity = defineEntity({
  name: 'Role',
  tableName: 'roles',
  properties: {
    id: p.string().columnType('text').primary(),
    /** Id of the team or the project that it belongs to. */
    scope_id: p.string().columnType('text'),
    name: p.string().columnType('text'),
    description: p.string().columnType('text').nullable(),
    permissions: p.json<ProjectPermission[]>(),
    created_at: moment(),
    updated_at: moment(),
  },
  indexes: [
    {
      name: 'roles_name',
      expression: 'create unique index roles_name on roles (scope_id, lower(name))',
    },
  ],
});
export type RoleRow = InferEntity<typeof RoleEntity>;
