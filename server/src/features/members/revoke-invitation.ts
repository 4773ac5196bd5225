import { type Ctx, transaction } from '../../content/context.ts';
import { assertVersion } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { findInvitation, toInvited } from './invitation.mapper.ts';
import { lockScope, recordIn, type Scope } from './scope.ts';
import { assertWithin, managerIn } from './standing.ts';

const remove = prepared('delete from invitations where id = $1 returning id');

/** Takes an invitation back: its token is dead. Throws NOT_FOUND, FORBIDDEN for one beyond the caller. */
export const revokeInvitation = (
  ctx: Ctx,
  scope: Scope,
  id: string,
  expectedVersion?: number,
): Promise<void> =>
  transaction(ctx, async (tx) => {
    await lockScope(tx, scope);
    const standing = await managerIn(tx, scope);
    const invitation = await findInvitation(tx, scope, id);
    if (!invitation) throw notFound();
    assertVersion(expectedVersion, toInvited(invitation));
    assertWithin(standing, invitation);
    const removed = await tx.sql.rows(remove, [id]);
    // It was accepted at this very moment.
    if (removed.length === 0) throw notFound();
    await recordIn(tx, scope, {
      type: 'invitation.revoked',
      before: { id, email: invitation.email },
    });
  });
