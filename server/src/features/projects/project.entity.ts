import { projectStatuses, projectTemplates, projectVisibilities } from '@cms/contracts';
import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';
import { TeamEntity } from '../teams/index.ts';

/** A tenant: everything else belongs to exactly one. */
export const ProjectEntity = defineEntity({
  name: 'Project',
  tableName: 'projects',
  properties: {
    id: p.string().columnType('text').primary(),
    name: p.string().columnType('text'),
    description: p.string().columnType('text').nullable(),
    status: p
      .enum(() => projectStatuses)
      .columnType('text')
      .default('active'),
    visibility: p
      .enum(() => projectVisibilities)
      .columnType('text')
      .default('private'),
    template: p
      .enum(() => projectTemplates)
      .columnType('text')
      .default('blank'),
    team: () =>
      p.manyToOne(TeamEntity).fieldName('team_id').nullable().deleteRule('restrict').index(),
    /** Only one project may be the instance's default. */
    is_default: p.boolean().default(false),
    default_locale: p.string().columnType('text').default('en'),
    /** Counts the changes: the project's ETag. */
    revision: p.integer().default(1),
    created_by: p.string().columnType('text').nullable(),
    created_at: moment(),
    updated_at: moment(),
    /** Since when nobody sees it any more; its data is removed when the grace period is over. */
    deleted_at: moment().nullable().index(),
  },
  indexes: [
    {
      name: 'projects_one_default',
      expression:
        'create unique index projects_one_default on projects (is_default) where is_default',
    },
  ],
});
export type ProjectRow = InferEntity<typeof ProjectEntity>;
