import { recordAudit } from '../../content/audit/record-audit.ts';
import { type AccountCtx, type Ctx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';
import type { Accounts } from './accounts.ts';
import { announceAccount } from './announce-account.ts';

const one = prepared('delete from sessions where id = $1 and account_id = $2 returning id');
const others = prepared('delete from sessions where account_id = $1 and id is distinct from $2');

/** Ends a session of the caller's: its tokens are dead at once. Throws NOT_FOUND for any other. */
export const endSession = (accounts: Accounts, ctx: AccountCtx, id: string): Promise<void> =>
  transaction(ctx, async (tx) => {
    if (!isId('sess', id)) throw notFound();
    const ended = await tx.sql.rows(one, [id, tx.principal.accountId]);
    if (ended.length === 0) throw notFound();
    await recordAudit(tx, { type: 'auth.session_ended', resource: { type: 'session', id } });
    await announceAccount(accounts.sessions, tx, tx.principal.accountId);
  });

/** Ends every session of an account but one, or all. To be called in a transaction. */
export async function endOtherSessions(
  accounts: Accounts,
  tx: Ctx,
  accountId: string,
  but: string | null,
): Promise<void> {
  await tx.sql.rows(others, [accountId, but]);
  await recordAudit(tx, {
    type: 'auth.sessions_ended',
    resource: { type: 'account', id: accountId },
    details: { but },
  });
  await announceAccount(accounts.sessions, tx, accountId);
}
