import type { Ctx } from '../../content/context.ts';
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
  const { rule, publishedOnly } = access ?? { rule: undefined, publishedOnly: false };
  const rows = await ctx.sql.rows<{ entry_id: string; value: unknown }>(
    {
      text: `select entry_id, data->${quoteText(field.key)} as value from ${collection.statements.table}
        where stage = 'current' and ${expression} = any($1::${cast}[]) and project_id = $2
        ${publishedOnly ? "and status = 'published'" : ''} ${rule ? `and ${rule.where(3)}` : ''}`,
    },
    [asked.map(String), ctx.project.id, ...(rule ? rule.values() : [])],
  );
  return new Map(rows.map((row) => [row.value, row.entry_id]));
}
