import type { CollectionCtx } from '../context.ts';
import { type Fragment, type Scope, sql } from '../expressions/index.ts';
import { quoteName } from '../../platform/db/sql.ts';
import type { ProjectSchema } from '../schema/schema-registry.ts';
import { accessTo, isAboveRules } from './access.ts';

/**
 * What a caller's filters and sorts may look into beyond its own collection: what a list of that
 * collection would show. Otherwise a filter could ask out what no reply would tell.
 */
export function openTo(ctx: CollectionCtx, known: ProjectSchema): NonNullable<Scope['open']> {
  return ({ id }, alias) => {
    const target = known.collectionOf(id);
    if (!target || (target.status === 'draft' && !isAboveRules(ctx.principal))) return null;
    const access = accessTo(ctx, target, {
      action: 'list',
      permission: 'content:read',
      method: 'GET',
    });
    if (!access) return null;
    const conditions: Fragment[] = [];
    if (access.publishedOnly) conditions.push([`${alias}.status = 'published'`]);
    if (access.rule) {
      // A rule knows the row by its partition's name, so that is asked within.
      const table = quoteName(target.storage);
      conditions.push(
        sql`exists (select 1 from ${table} where ${table}.stage = 'current' and ${table}.entry_id = ${alias}.entry_id and ${table}.project_id = ${alias}.project_id and ${access.rule.fragment})`,
      );
    }
    const [first, second] = conditions;
    return first && second ? sql`${first} and ${second}` : first;
  };
}
