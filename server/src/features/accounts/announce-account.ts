import type { Ctx } from '../../content/context.ts';
import { accountsChannel, type SessionRegistry } from './session-registry.ts';

const notify = { text: 'select pg_notify($1, $2)' };

/**
 * Tells every server, within the change's transaction, that an account, its memberships or its
 * sessions changed; this one knows when the transaction has committed.
 */
export async function announceAccount(
  sessions: SessionRegistry,
  tx: Ctx,
  accountId: string,
): Promise<void> {
  await tx.sql.rows(notify, [accountsChannel, accountId]);
  tx.after(() => sessions.forget(accountId));
}
