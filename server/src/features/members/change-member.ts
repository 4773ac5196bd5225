import { type Ctx, transaction } from '../../content/context.ts';
import { assertVersion, platformOne } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';
import { type Accounts, announceAccount } from '../accounts/index.ts';
import { dropInvitationsBy } from './drop-invitations-by.ts';
import { findInvitation, type InvitationRow, toInvited } from './invitation.mapper.ts';
import { assertOwnerRemains } from './last-owner.ts';
import { findMember, type MemberRow, toMember } from './member.mapper.ts';
import { type NamedRole, roleNamed } from './named-role.ts';
import { lockScope, recordIn, type Scope, statements } from './scope.ts';
import { assertWithin, managerIn } from './standing.ts';

const update = statements(
  ({ members, key }) =>
    `update ${members} set role = $3, custom_role_id = $4 where ${key} = $1 and account_id = $2`,
);
const updateInvitation = prepared(
  'update invitations set role = $2, custom_role_id = $3 where id = $1',
);

interface Change {
  readonly userId: string;
  readonly role: string;
  readonly expected_version?: number | undefined;
}

/**
 * Gives a member, or somebody who is invited, another role. Throws FORBIDDEN where the role that is
 * given or the one that is taken allows more than the caller may, CONFLICT for the last owner.
 */
export const changeMember = (
  accounts: Accounts,
  ctx: Ctx,
  scope: Scope,
  { userId, role: wanted, expected_version }: Change,
) =>
  transaction(ctx, async (tx) => {
    const home = await lockScope(tx, scope);
    const standing = await managerIn(tx, scope);
    const invited = isId('inv', userId) ? await findInvitation(tx, scope, userId) : undefined;
    const target = invited ?? (await findMember(tx, scope, userId));
    if (!target) throw notFound();
    assertVersion(expected_version, invited ? toInvited(invited) : toMember(target as MemberRow));
    const role = await roleNamed(tx, scope, wanted);
    assertWithin(standing, role);
    assertWithin(standing, target);
    if (invited) return changeInvited(tx, scope, invited, role);
    if (target.role === 'owner' && role.role !== 'owner')
      await assertOwnerRemains(tx, scope, home, userId);
    await tx.sql.rows(update[scope.kind], [scope.id, userId, role.role, role.id]);
    await dropInvitationsBy(tx, scope, userId);
    await announceAccount(accounts.sessions, tx, userId);
    await recordIn(tx, scope, {
      type: `${scope.kind}.member_updated`,
      before: { user_id: userId, role: target.role_name ?? target.role },
      after: { user_id: userId, role: role.name },
    });
    return platformOne(toMember((await findMember(tx, scope, userId)) as MemberRow));
  });

async function changeInvited(tx: Ctx, scope: Scope, { id, email }: InvitationRow, role: NamedRole) {
  await tx.sql.rows(updateInvitation, [id, role.role, role.id]);
  await recordIn(tx, scope, {
    type: 'invitation.updated',
    after: { id, email, role: role.name },
  });
  return platformOne(toInvited((await findInvitation(tx, scope, id)) as InvitationRow));
}
