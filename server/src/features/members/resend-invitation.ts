import { type Ctx, transaction } from '../../content/context.ts';
import { platformOne } from '../../content/platform-reply.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { slowDownInvitations } from './invitation-limits.ts';
import { findInvitation, type InvitationRow, toInvitation } from './invitation.mapper.ts';
import { lockScope, type Scope } from './scope.ts';
import { sendInvitation } from './send-invitation.ts';
import { assertWithin, managerIn } from './standing.ts';

/** Mails a new token; the one before is dead. Throws NOT_FOUND, RATE_LIMITED, FORBIDDEN. */
export async function resendInvitation(ctx: Ctx, scope: Scope, id: string) {
  const known = await findInvitation(ctx, scope, id);
  if (!known) throw notFound();
  await slowDownInvitations(ctx, known.email);
  return transaction(ctx, async (tx) => {
    const home = await lockScope(tx, scope);
    const standing = await managerIn(tx, scope);
    const row = await findInvitation(tx, scope, id);
    if (!row) throw notFound();
    assertWithin(standing, row);
    const role = { role: row.role, id: row.role_id, name: row.role_name ?? row.role };
    await sendInvitation(tx, { scope, home, role, email: row.email });
    return platformOne(toInvitation((await findInvitation(tx, scope, id)) as InvitationRow));
  });
}
