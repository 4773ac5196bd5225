import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';
import { AccountEntity } from '../accounts/index.ts';
import { memberRoles, RoleEntity } from '../roles/index.ts';

/** People who work on the same projects. */
export const TeamEntity = defineEntity({
  name: 'Team',
  tableName: 'teams',
  properties: {
    id: p.string().columnType('text').primary(),
    name: p.string().columnType('text'),
    description: p.string().columnType('text').nullable(),
    created_by: p.string().columnType('text').nullable(),
    created_at: moment(),
    updated_at: moment(),
  },
});
export type TeamRow = InferEntity<typeof TeamEntity>;

/** What an account is in a team, and so in each of its projects. */
export const TeamMemberEntity = defineEntity({
  name: 'TeamMember',
  tableName: 'team_members',
  properties: {
    account: () =>
      p.manyToOne(AccountEntity).fieldName('account_id').primary().deleteRule('cascade'),
    team: () =>
      p.manyToOne(TeamEntity).fieldName('team_id').primary().deleteRule('cascade').index(),
    role: p.enum(() => memberRoles).columnType('text'),
    /** Which custom role, where `role` is `custom`. */
    custom_role: () =>
      p.manyToOne(RoleEntity).fieldName('custom_role_id').nullable().deleteRule('restrict'),
    created_at: moment(),
  },
});
