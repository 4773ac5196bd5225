import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';
import { memberRoles, RoleEntity } from '../roles/index.ts';

/** A person who was asked to join a team or a project. Who joined or declined has no row. */
export const InvitationEntity = defineEntity({
  name: 'Invitation',
  tableName: 'invitations',
  properties: {
    id: p.string().columnType('text').primary(),
    /** Id of the team or the project. */
    scope_id: p.string().columnType('text'),
    email: p.string().columnType('text'),
    role: p.enum(() => memberRoles).columnType('text'),
    custom_role: () =>
      p.manyToOne(RoleEntity).fieldName('custom_role_id').nullable().deleteRule('cascade'),
    /** SHA-256 of the token that was mailed. */
    hash: p.string().columnType('text').unique(),
    invited_by: p.string().columnType('text').nullable(),
    created_at: moment(),
    expires_at: moment().index(),
  },
  indexes: [
    {
      name: 'invitations_email',
      expression: 'create unique index invitations_email on invitations (scope_id, lower(email))',
    },
  ],
});
export type InvitationRow = InferEntity<typeof InvitationEntity>;
