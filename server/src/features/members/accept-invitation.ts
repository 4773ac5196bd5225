import { type AccountCtx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Accounts } from '../accounts/index.ts';
import { useInvitation } from './use-invitation.ts';

const find = prepared('select email from accounts where id = $1 and active');
const verify = prepared(
  'update accounts set verified = true, updated_at = $2 where id = $1 and not verified',
);

/**
 * Joins with the caller's account, whose address the mailed token verifies. Throws VALIDATION_ERROR
 * for a token that is no good, FORBIDDEN where it was mailed to another address.
 */
export const acceptInvitation = (accounts: Accounts, ctx: AccountCtx, token: string) =>
  transaction(ctx, async (tx) => {
    const { accountId } = tx.principal;
    const [account] = await tx.sql.rows<{ email: string }>(find, [accountId]);
    if (!account) throw new AppError('UNAUTHORIZED');
    const { email } = account;
    const { join } = await useInvitation(accounts, tx, { token, email, field: 'token' });
    await tx.sql.rows(verify, [accountId, tx.clock.now().toISOString()]);
    return { data: await join(accountId) };
  });
