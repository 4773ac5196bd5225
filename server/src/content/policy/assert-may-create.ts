import type { CollectionCtx } from '../context.ts';
import { refused } from './access.ts';

/**
 * Whether a rule that depends on the caller alone holds; null for one that asks of an entry, or of what
 * is sent. Without a rule there is nothing that could fail.
 */
export async function ruleHolds({
  rule,
  sql,
}: Pick<CollectionCtx, 'rule' | 'sql'>): Promise<boolean | null> {
  if (!rule) return true;
  if (rule.asksEntry) return null;
  const statement = { text: `select (${rule.where(1)}) is true as open` };
  const [row] = await sql.rows<{ open: boolean }>(statement, rule.values());
  return row?.open ?? false;
}

/**
 * Asks a rule that depends on the caller alone before the caller is told what is wrong with its data:
 * who may create nothing learns nothing of the fields. Throws UNAUTHORIZED or FORBIDDEN.
 */
export async function assertMayCreate(ctx: CollectionCtx): Promise<void> {
  if ((await ruleHolds(ctx)) === false) throw refused(ctx.principal);
}
