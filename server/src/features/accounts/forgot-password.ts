import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import type { Accounts } from './accounts.ts';
import { newOneTimeToken } from './one-time-tokens.ts';
import { byMails, byRequests, slowDown } from './slow-down.ts';
import { resetMail } from './write-mail.ts';

const find = prepared('select id, email from accounts where lower(email) = lower($1)');

/**
 * Mails a token that sets a new password. Whether there is such an account is looked up after the
 * reply, so that neither its words nor its time tell. Throws RATE_LIMITED.
 */
export async function forgotPassword(
  accounts: Accounts,
  ctx: Ctx,
  email: string,
): Promise<{ message: string }> {
  await slowDown(ctx, [byRequests(ctx), byMails(email)]);
  const { sql } = ctx.database;
  accounts.background.run('Mail for a new password', async () => {
    const [account] = await sql.rows<{ id: string; email: string }>(find, [email]);
    if (!account) return;
    const token = await newOneTimeToken({ sql, clock: ctx.clock }, 'reset', account.id);
    await accounts.mail.send(resetMail(account.email, token));
  });
  return { message: 'If there is an account with this address, a mail is on its way to it.' };
}
