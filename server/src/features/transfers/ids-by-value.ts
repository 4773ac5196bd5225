import type { Ctx } from '../../content/context.ts';
import { joined, numbered, sql } from '../../content/expressions/index.ts';
import type { Field } from '../../content/fields/field.ts';
import { indexExpression } from '../../content/fields/index-expression.ts';
import { isSoundText } from '../../content/fields/types/sound-text.ts';
import type { Access } from '../../content/policy/access.ts';
import type { Collection } from '../../content/schema/collection.ts';
import { quoteText } from '../../platform/db/sql.ts';

const typeOfCast = { text: 'string', numeric: 'number', boolean: 'boolean' } as const;

/**
 * The ids of entries by their values of a unique field, in one statement: of all, or of those that an
 * access lets the caller see. Values that no entry can have are not asked for.
 */
export async function idsByValue(
  ctx: Ctx,
  collection: Collection,
  field: Field,
  values: Iterable<unknown>,
  access?: Access,
): Promise<ReadonlyMap<unknown, string>> {
  const { expression, cast } = indexExpression(field);
  const asked = [...new Set(values)].filter(
    (value) =>
      typeof value === typeOfCast[cast] && (typeof value !== 'string' || isSoundText(value)),
  );
  if (asked.length === 0) return new Map();
  const { table } = collection.statements;
  const wanted = [
    sql`${table}.stage = 'current' and ${table}.project_id = ${() => ctx.project.id}`,
    sql`${expression} = any(${() => asked.map(String)}::${cast}[])`,
    ...(access?.publishedOnly ? [sql`${table}.status = 'published'`] : []),
    ...(access?.rule ? [access.rule.fragment] : []),
  ];
  const { text, values: parameters } = numbered(
    sql`select entry_id, data->${quoteText(field.key)} as value from ${table} where ${joined(wanted, ' and ')}`,
  );
  const rows = await ctx.sql.rows<{ entry_id: string; value: unknown }>({ text }, parameters);
  return new Map(rows.map((row) => [row.value, row.entry_id]));
}
