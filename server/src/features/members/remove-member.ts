import { type Ctx, transaction } from '../../content/context.ts';
import { assertVersion } from '../../content/platform-reply.ts';
import { AppError, notFound } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';
import { type Accounts, announceAccount } from '../accounts/index.ts';
import { dropInvitationsBy } from './drop-invitations-by.ts';
import { assertOwnerRemains } from './last-owner.ts';
import { findMember, toMember } from './member.mapper.ts';
import { revokeInvitation } from './revoke-invitation.ts';
import { lockScope, recordIn, type Scope, statements } from './scope.ts';
import { assertWithin, managerIn } from './standing.ts';

const remove = statements(
  ({ members, key }) => `delete from ${members} where ${key} = $1 and account_id = $2`,
);

/**
 * Removes a member; by the id of an invitation, takes that back. Whoever is a member may leave. Throws
 * FORBIDDEN where the member's role allows more than the caller may, CONFLICT for the last owner.
 */
export async function removeMember(
  accounts: Accounts,
  ctx: Ctx,
  scope: Scope,
  input: { readonly userId: string; readonly expected_version?: number | undefined },
): Promise<void> {
  const { userId, expected_version } = input;
  const { principal } = ctx;
  const leaves = principal.kind === 'user' && principal.accountId === userId;
  if (!leaves && !principal.permissions.has('members:manage')) throw new AppError('FORBIDDEN');
  if (isId('inv', userId)) return revokeInvitation(ctx, scope, userId, expected_version);
  await transaction(ctx, async (tx) => {
    const home = await lockScope(tx, scope);
    const standing = leaves ? undefined : await managerIn(tx, scope);
    const target = await findMember(tx, scope, userId);
    if (!target) throw notFound();
    assertVersion(expected_version, toMember(target));
    if (standing) assertWithin(standing, target);
    if (target.role === 'owner') await assertOwnerRemains(tx, scope, home, userId);
    await tx.sql.rows(remove[scope.kind], [scope.id, userId]);
    await dropInvitationsBy(tx, scope, userId);
    await announceAccount(accounts.sessions, tx, userId);
    await recordIn(tx, scope, {
      type: `${scope.kind}.member_removed`,
      before: { user_id: userId, role: target.role_name ?? target.role },
    });
  });
}
