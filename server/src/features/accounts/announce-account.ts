import type { Ctx } from '../../content/context.ts';
import { accountsChannel, type SessionRegistry } from './session-registry.ts';

const notify = { text: 'select pg_notify($1, id) from unnest($2::text[]) as id' };

/**
 * Tells every server, within the change's transaction, that an account, its memberships or its
 * sessions changed; this one knows when the transaction has committed.
 */
export const announceAccount = (
  sessions: SessionRegistry,
  tx: Ctx,
  accountId: string,
): Promise<void> => announceAccounts(sessions, tx, [accountId]);

/** The same of many accounts. */
export async function announceAccounts(
  sessions: SessionRegistry,
  tx: Ctx,
  accountIds: readonly string[],
): Promise<void> {
  if (accountIds.length === 0) return;
  await tx.sql.rows(notify, [accountsChannel, accountIds]);
  tx.after(() => accountIds.forEach((id) => sessions.forget(id)));
}
