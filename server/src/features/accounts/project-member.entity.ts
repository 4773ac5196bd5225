import { projectRoles } from '@cms/contracts';
import { defineEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';
import { AccountEntity } from './account.entity.ts';

/** What an account is in a project. */
export const ProjectMemberEntity = defineEntity({
  name: 'ProjectMember',
  tableName: 'project_members',
  properties: {
    account: () =>
      p.manyToOne(AccountEntity).fieldName('account_id').primary().deleteRule('cascade'),
    project_id: p.string().columnType('text').primary(),
    role: p.enum(() => projectRoles).columnType('text'),
    created_at: moment(),
  },
});
