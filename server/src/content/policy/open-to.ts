import type { CollectionCtx } from '../context.ts';
import { type Fragment, type Scope, sql } from '../expressions/index.ts';
import { quoteName } from '../../platform/db/sql.ts';
import type { ProjectSchema } from '../schema/schema-registry.ts';
import { openBeside } from './open-beside.ts';

/**
 * What a caller's filters and sorts may look into beyond its own collection: what a list of that
 * collection would show. Otherwise a filter could ask out what no reply would tell.
 */
export function openTo(ctx: CollectionCtx, known: ProjectSchema): NonNullable<Scope['open']> {
  return ({ id }, alias) => {
    const target = known.collectionOf(id);
    const opened = target && openBeside(ctx, target);
    if (!opened) return null;
    const conditions: Fragment[] = [];
    if (opened.publishedOnly) conditions.push([`${alias}.status = 'published'`]);
    if (opened.rule) {
      // A rule knows the row by its partition's name, so that is asked within.
      const table = quoteName(target.storage);
      conditions.push(
        sql`exists (select 1 from ${table} where ${table}.stage = 'current' and ${table}.entry_id = ${alias}.entry_id and ${table}.project_id = ${alias}.project_id and ${opened.rule.fragment})`,
      );
    }
    const [first, second] = conditions;
    return first && second ? sql`${first} and ${second}` : first;
  };
}
