import type { SignedIn } from '@cms/contracts';
import { recordAudit } from '../../content/audit/record-audit.ts';
import { type Ctx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { type AccountRow, accountColumns } from './account.mapper.ts';
import type { Accounts } from './accounts.ts';
import { announceAccount } from './announce-account.ts';
import { issueTokens, sessionEnd } from './issue-tokens.ts';
import { hashSecret } from './secret-token.ts';

const lockSession = prepared(
  `select id, account_id from sessions
  where id = (select session_id from refresh_tokens where hash = $1) and expires_at > $2 for update`,
);
const useUp = prepared(
  `update refresh_tokens set used_at = $2 where hash = $1 and used_at is null and expires_at > $2 returning hash`,
);
const renew = prepared('update sessions set last_used_at = $2, expires_at = $3 where id = $1');
const end = prepared('delete from sessions where id = $1');
const find = prepared(`select ${accountColumns} from accounts where id = $1 and active`);

/**
 * Changes a refresh token for the next one. One that was used before ends its whole session, since
 * either its owner or somebody else holds a copy. Throws UNAUTHORIZED.
 */
export async function refreshSession(
  accounts: Accounts,
  ctx: Ctx,
  refreshToken: string,
): Promise<SignedIn> {
  const hash = hashSecret(refreshToken);
  const signedIn = await transaction(ctx, async (tx) => {
    const now = tx.clock.now().toISOString();
    const [session] = await tx.sql.rows<{ id: string; account_id: string }>(lockSession, [
      hash,
      now,
    ]);
    if (!session) return undefined;
    const [used] = await tx.sql.rows(useUp, [hash, now]);
    if (!used) {
      await tx.sql.rows(end, [session.id]);
      await announceAccount(accounts.sessions, tx, session.account_id);
      await recordAudit(tx, {
        type: 'auth.refresh_reused',
        severity: 'critical',
        outcome: 'denied',
        accountId: session.account_id,
        resource: { type: 'session', id: session.id },
      });
      return undefined;
    }
    await tx.sql.rows(renew, [session.id, now, sessionEnd(tx)]);
    const [account] = await tx.sql.rows<AccountRow>(find, [session.account_id]);
    return issueTokens(accounts, tx, account as AccountRow, session.id);
  });
  // Thrown out here, so that the end of the session is kept.
  if (!signedIn)
    throw new AppError('UNAUTHORIZED', 'This refresh token is no longer good; log in again.');
  return signedIn;
}
