import { recordAudit } from '../../content/audit/record-audit.ts';
import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { addJob } from '../../platform/queue/index.ts';
import type { Accounts } from './accounts.ts';
import { endOtherSessions } from './end-sessions.ts';
import { dropOneTimeTokens } from './one-time-tokens.ts';
import { mailJobs } from './mail-jobs.ts';

const change = prepared(
  `update accounts set password_hash = $2, updated_at = $3, verified = verified or $4
  where id = $1 and ($5::text is null or password_hash = $5) returning email`,
);

export interface PasswordChange {
  readonly accountId: string;
  readonly passwordHash: string;
  /** The hash that is replaced, where it must still be that. */
  readonly replaces: string | null;
  /** The session that stays, if any. */
  readonly keepSession: string | null;
  /** The token came by mail, so the address is the account's. */
  readonly byMail: boolean;
}

/**
 * Writes a new password, ends the sessions and kills the mailed tokens of the old one, and tells the
 * owner. False where the password changed meanwhile. To be called in a transaction.
 */
export async function setPassword(
  accounts: Accounts,
  tx: Ctx,
  { accountId, passwordHash, replaces, keepSession, byMail }: PasswordChange,
): Promise<boolean> {
  const values = [accountId, passwordHash, tx.clock.now().toISOString(), byMail, replaces];
  const [row] = await tx.sql.rows<{ email: string }>(change, values);
  if (!row) return false;
  await dropOneTimeTokens(tx, accountId);
  await endOtherSessions(accounts, tx, accountId, keepSession);
  await recordAudit(tx, {
    type: byMail ? 'auth.password_reset' : 'auth.password_changed',
    severity: 'warning',
    accountId,
    resource: { type: 'account', id: accountId },
  });
  await addJob(tx.sql, mailJobs.passwordChanged, { email: row.email });
  return true;
}
