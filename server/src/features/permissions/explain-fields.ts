import type { Explanation, RuleAction } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import type { Field } from '../../content/fields/field.ts';
import { closedFields } from '../../content/policy/field-rules.ts';

type Fields = Explanation['fields'];
type Data = Readonly<Record<string, unknown>>;

/**
 * What may be seen and set of a collection's fields. Who may not read the schema learns of no field that
 * it cannot read, and of no rule.
 */
export function explainFields(
  ctx: CollectionCtx,
  action: RuleAction,
  data: Data,
  knowsSchema: boolean,
): Fields {
  const method = action === 'create' ? 'POST' : 'PATCH';
  const closed = new Set(closedFields({ ...ctx, method }, data));
  return ctx.collection.fields
    .filter((field) => knowsSchema || ctx.view.reads(field))
    .map((field) => {
      const rule = (of: 'read' | 'write') => (knowsSchema ? field.rules?.[of] || null : null);
      const [reads, writes] = [ctx.view.reads(field), !closed.has(field)];
      return {
        name: field.name,
        read: { allowed: reads, rule: rule('read'), reason: reads ? null : unreadable(field) },
        write: {
          allowed: writes,
          rule: rule('write'),
          reason: writes ? null : "The field's rule for writing does not hold.",
        },
      };
    });
}

const unreadable = ({ hidden }: Field): string =>
  hidden
    ? 'Hidden fields are seen by who manages the schema.'
    : "The field's rule for reading does not hold.";
