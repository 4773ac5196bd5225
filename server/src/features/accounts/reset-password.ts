import { type Ctx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import type { Accounts } from './accounts.ts';
import { takeOneTimeToken } from './one-time-tokens.ts';
import { hashPassword } from './password.ts';
import { assertGoodPassword } from './password-policy.ts';
import { setPassword } from './set-password.ts';

const find = prepared('select email from accounts where id = $1');

/**
 * Sets a new password with a mailed token; all sessions end. Throws VALIDATION_ERROR for a bad token
 * and for a bad password, which leaves the token as it was.
 */
export const resetPassword = (
  accounts: Accounts,
  ctx: Ctx,
  { token, new_password }: { readonly token: string; readonly new_password: string },
): Promise<{ message: string }> =>
  transaction(ctx, async (tx) => {
    const accountId = await takeOneTimeToken(tx, 'reset', token);
    const [account] = await tx.sql.rows<{ email: string }>(find, [accountId]);
    if (!account) throw notFound();
    assertGoodPassword('new_password', new_password, account.email);
    await setPassword(accounts, tx, {
      accountId,
      passwordHash: await hashPassword(new_password),
      replaces: null,
      keepSession: null,
      byMail: true,
    });
    return { message: 'The password is changed; log in with it.' };
  });
