import type { Ctx } from '../../content/context.ts';
import { joined, numbered, sql } from '../../content/expressions/index.ts';
import { quoteText } from '../../platform/db/sql.ts';
import type { LookupColumn } from './columns.ts';
import { openTarget } from './open-target.ts';

/**
 * The values of a unique field by the ids of entries, in one statement: of those that have one and that
 * the caller may see.
 */
export async function keysById(
  ctx: Ctx,
  { target, by }: LookupColumn,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, unknown>> {
  const access = openTarget(ctx, target);
  if (!access || ids.size === 0) return new Map();
  const { table } = target.statements;
  const wanted = [
    sql`${table}.stage = 'current' and ${table}.project_id = ${() => ctx.project.id}`,
    sql`${table}.entry_id = any(${() => [...ids]}::text[])`,
    ...(access.publishedOnly ? [sql`${table}.status = 'published'`] : []),
    ...(access.rule ? [access.rule.fragment] : []),
  ];
  const { text, values } = numbered(
    sql`select entry_id, data->${quoteText(by.key)} as value from ${table} where ${joined(wanted, ' and ')}`,
  );
  const rows = await ctx.sql.rows<{ entry_id: string; value: unknown }>({ text }, values);
  return new Map(
    rows.flatMap((row) => (row.value === null ? [] : [[row.entry_id, row.value] as const])),
  );
}
