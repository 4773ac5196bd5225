import type { Ctx } from '../../content/context.ts';
import { ownsInstance } from '../../content/permissions-in-team.ts';
import { byMails, slowDown, type Slowed } from '../accounts/index.ts';

/** Invitations by one caller, who could have mail sent to the whole world. */
const byInviter = (id: string | null): Slowed => ({
  key: `invitations:${id}`,
  free: 50,
  longestSeconds: 900,
});

/**
 * Slows down who mails much, and mail to one address; not those to whom the instance belongs. Throws
 * RATE_LIMITED. Not within a transaction: it counts on a connection of its own.
 */
export async function slowDownInvitations(ctx: Ctx, email: string): Promise<void> {
  if (ownsInstance(ctx.principal)) return;
  await slowDown(ctx, [byInviter(ctx.principal.id), byMails(email)]);
}
