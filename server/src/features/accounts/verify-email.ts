import { recordAudit } from '../../content/audit/record-audit.ts';
import { type Ctx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { takeOneTimeToken } from './one-time-tokens.ts';

const verify = prepared('update accounts set verified = true, updated_at = $2 where id = $1');

/** Notes that an address is its account's. Throws VALIDATION_ERROR for a bad token. */
export const verifyEmail = (ctx: Ctx, token: string): Promise<{ message: string }> =>
  transaction(ctx, async (tx) => {
    const accountId = await takeOneTimeToken(tx, 'verify', token);
    await tx.sql.rows(verify, [accountId, tx.clock.now().toISOString()]);
    await recordAudit(tx, {
      type: 'auth.email_verified',
      accountId,
      resource: { type: 'account', id: accountId },
    });
    return { message: 'The address is verified.' };
  });
