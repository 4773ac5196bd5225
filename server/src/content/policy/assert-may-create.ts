import type { CollectionCtx } from '../context.ts';
import { refused } from './access.ts';

/**
 * Asks a rule that depends on the caller alone before the caller is told what is wrong with its data:
 * who may create nothing learns nothing of the fields. Throws UNAUTHORIZED or FORBIDDEN.
 */
export async function assertMayCreate({ rule, principal, sql }: CollectionCtx): Promise<void> {
  if (!rule || rule.asksEntry) return;
  const statement = { text: `select (${rule.where(1)}) is true as open` };
  const [row] = await sql.rows<{ open: boolean }>(statement, rule.values());
  if (!row?.open) throw refused(principal);
}
