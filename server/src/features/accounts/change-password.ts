import { type AccountCtx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { invalid } from '../../platform/errors/app-error.ts';
import type { Accounts } from './accounts.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { assertGoodPassword } from './password-policy.ts';
import { setPassword } from './set-password.ts';
import { byAccount, byAddress, forgiveTry, slowDown } from './slow-down.ts';

const find = prepared('select password_hash from accounts where id = $1');

/**
 * Replaces the caller's password; every other session ends. Throws VALIDATION_ERROR where the current
 * password is wrong or the new one is too weak, RATE_LIMITED after many wrong ones.
 */
export async function changePassword(
  accounts: Accounts,
  ctx: AccountCtx,
  input: { readonly current_password: string; readonly new_password: string },
): Promise<{ message: string }> {
  const { accountId, email, sessionId } = ctx.principal;
  await slowDown(ctx, [byAddress(ctx), byAccount(email)]);
  const [row] = await ctx.sql.rows<{ password_hash: string }>(find, [accountId]);
  const current = row?.password_hash;
  const matches = await verifyPassword(current, input.current_password);
  if (current === undefined || !matches) throw wrong();
  await forgiveTry(ctx, email);
  assertGoodPassword('new_password', input.new_password, email);
  const passwordHash = await hashPassword(input.new_password);
  const change = { accountId, passwordHash, replaces: current, keepSession: sessionId };
  const changed = await transaction(ctx, (tx) =>
    setPassword(accounts, tx, { ...change, byMail: false }),
  );
  if (!changed) throw wrong();
  return { message: 'The password is changed.' };
}

const wrong = () =>
  invalid([{ field: 'current_password', message: 'This is not the password.', code: 'wrong' }]);
