import { p } from '@mikro-orm/core';

/** The filter that adds the project to every query of a tenant's table. */
export const projectFilter = {
  project: {
    name: 'project',
    default: true,
    cond: (args: { project?: string }) => ({ project_id: args.project ?? null }),
  },
} as const;

/** Primary keys of a tenant's table: its own id first, the project last. */
export const tenantKeys = () => ({
  id: p.string().columnType('text').primary(),
  project_id: p.string().columnType('text').primary(),
});

/** A moment, as PostgreSQL keeps it to the millisecond. */
export const moment = () => p.datetime().columnType('timestamptz(3)');
