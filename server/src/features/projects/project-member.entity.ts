import { defineEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';
import { AccountEntity } from '../accounts/index.ts';
import { memberRoles, RoleEntity } from '../roles/index.ts';
import { ProjectEntity } from './project.entity.ts';

/** What an account is in a project. */
export const ProjectMemberEntity = defineEntity({
  name: 'ProjectMember',
  tableName: 'project_members',
  properties: {
    account: () =>
      p.manyToOne(AccountEntity).fieldName('account_id').primary().deleteRule('cascade'),
    project: () =>
      p.manyToOne(ProjectEntity).fieldName('project_id').primary().deleteRule('cascade').index(),
    role: p.enum(() => memberRoles).columnType('text'),
    /** Which custom role, where `role` is `custom`. */
    custom_role: () =>
      p.manyToOne(RoleEntity).fieldName('custom_role_id').nullable().deleteRule('restrict'),
    created_at: moment(),
  },
});
