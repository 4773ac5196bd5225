import { recordAudit } from '../../content/audit/record-audit.ts';
import type { Ctx } from '../../content/context.ts';
import { addJob } from '../../platform/queue/index.ts';
import { mailJobs } from './mail-jobs.ts';
import { byMails, byRequests, slowDown } from './slow-down.ts';

/**
 * Mails a token that sets a new password. Whether there is such an account is looked up by the job, so
 * that neither the reply's words nor its time tell. Throws RATE_LIMITED.
 */
export async function forgotPassword(ctx: Ctx, email: string): Promise<{ message: string }> {
  await slowDown(ctx, [byRequests(ctx), byMails(email)]);
  await recordAudit(ctx, { type: 'auth.reset_requested', details: { email } });
  await addJob(ctx.sql, mailJobs.reset, { email });
  return { message: 'If there is an account with this address, a mail is on its way to it.' };
}
