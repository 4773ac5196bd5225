import type { SignedIn } from '@cms/contracts';
import { recordAudit } from '../../content/audit/record-audit.ts';
import { type Ctx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { type AccountRow, accountColumns } from './account.mapper.ts';
import type { Accounts } from './accounts.ts';
import { verifyPassword } from './password.ts';
import { byAccount, byAddress, forgiveTry, slowDown } from './slow-down.ts';
import { startSession } from './start-session.ts';

const find = prepared('select id, password_hash from accounts where lower(email) = lower($1)');
/** The row stays as it is until the session is written: a reset ends all sessions it can see. */
const hold = prepared(
  `select ${accountColumns} from accounts where id = $1 and password_hash = $2 and active for share`,
);

/**
 * Signs an account in by its password. Throws UNAUTHORIZED in the same words and time whether the
 * account exists, is shut out or not, RATE_LIMITED after many failures.
 */
export async function logIn(
  accounts: Accounts,
  ctx: Ctx,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<SignedIn> {
  await slowDown(ctx, [byAddress(ctx), byAccount(email)]);
  const [row] = await ctx.sql.rows<{ id: string; password_hash: string }>(find, [email]);
  const matches = await verifyPassword(row?.password_hash, password);
  if (!row || !matches) {
    await recordAudit(ctx, {
      type: 'auth.login_failed',
      severity: 'warning',
      outcome: 'failure',
      ...(row && { resource: { type: 'account', id: row.id } }),
      details: { email },
    });
    throw wrong();
  }
  await forgiveTry(ctx, email);
  return transaction(ctx, async (tx) => {
    const [account] = await tx.sql.rows<AccountRow>(hold, [row.id, row.password_hash]);
    if (!account) throw wrong();
    await recordAudit(tx, { type: 'auth.login', accountId: row.id });
    return startSession(accounts, tx, account);
  });
}

const wrong = () => new AppError('UNAUTHORIZED', 'The address or the password is wrong.');
