import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';

/** A tenant: everything else belongs to exactly one. */
export const ProjectEntity = defineEntity({
  name: 'Project',
  tableName: 'projects',
  properties: {
    id: p.string().columnType('text').primary(),
    name: p.string().columnType('text'),
    status: p.string().columnType('text').default('active'),
    /** Only one project may be the instance's default. */
    is_default: p.boolean().default(false),
    default_locale: p.string().columnType('text').default('en'),
    created_at: moment(),
    updated_at: moment(),
  },
  indexes: [
    {
      name: 'projects_one_default',
      expression:
        'create unique index projects_one_default on projects (is_default) where is_default',
    },
  ],
});
export type Project = InferEntity<typeof ProjectEntity>;
