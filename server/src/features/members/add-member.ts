import type { Member } from '@cms/contracts';
import { type Ctx, transaction } from '../../content/context.ts';
import { platformOne } from '../../content/platform-reply.ts';
import { addJob } from '../../platform/queue/index.ts';
import { type Accounts, announceAccount } from '../accounts/index.ts';
import { accountToAdd, alreadyMember, type Whom } from './account-to-add.ts';
import { slowDownInvitations } from './invitation-limits.ts';
import { type AddedMail, memberMails } from './mail-jobs.ts';
import { findMember, type MemberRow, toMember } from './member.mapper.ts';
import { type NamedRole, roleNamed } from './named-role.ts';
import { type Home, lockScope, recordIn, type Scope, statements } from './scope.ts';
import { sendInvitation } from './send-invitation.ts';
import { assertWithin, managerIn } from './standing.ts';

const insert = statements(
  ({ members, key }) =>
    `insert into ${members} (account_id, ${key}, role, custom_role_id, created_at)
    values ($2, $1, $3, $4, $5) on conflict do nothing returning account_id`,
);
const dropInvitation = {
  text: `delete from invitations i using accounts a
    where i.scope_id = $1 and a.id = $2 and lower(i.email) = lower(a.email)`,
};

/**
 * Adds an account that the caller knows, or invites the address. Throws FORBIDDEN for a role beyond
 * the caller's own, CONFLICT for who is a member, VALIDATION_ERROR for an unknown role or id.
 */
export async function addMember(
  accounts: Accounts,
  ctx: Ctx,
  scope: Scope,
  input: Whom & { readonly role: string },
) {
  if (input.email !== undefined) await slowDownInvitations(ctx, input.email);
  return transaction(ctx, async (tx) => {
    const home = await lockScope(tx, scope);
    const standing = await managerIn(tx, scope);
    const role = await roleNamed(tx, scope, input.role);
    assertWithin(standing, role);
    const accountId = await accountToAdd(tx, scope, input);
    const member =
      accountId === undefined
        ? await sendInvitation(tx, { scope, home, role, email: String(input.email) })
        : await join(accounts, tx, { scope, home, role, accountId });
    return platformOne(member);
  });
}

async function join(
  accounts: Accounts,
  tx: Ctx,
  { scope, home, role, accountId }: Joining & { readonly home: Home },
): Promise<Member> {
  const joined = await insertMember(accounts, tx, { scope, role, accountId });
  if (!joined) throw alreadyMember(scope.kind, {});
  const member = toMember((await findMember(tx, scope, accountId)) as MemberRow);
  const place = { ...scope, name: home.name, role: member.role };
  const job: AddedMail = { to: member.email, place };
  await addJob(tx.sql, memberMails.added, job);
  return member;
}

interface Joining {
  readonly scope: Scope;
  readonly role: Pick<NamedRole, 'role' | 'id' | 'name'>;
  readonly accountId: string;
}

/**
 * Writes a membership, tells every server and drops what invited the account. False, and nothing is
 * changed, where it is a member already. To be called in a transaction.
 */
export async function insertMember(
  accounts: Accounts,
  tx: Ctx,
  { scope, role, accountId }: Joining,
): Promise<boolean> {
  const at = tx.clock.now().toISOString();
  const values = [scope.id, accountId, role.role, role.id, at];
  const written = await tx.sql.rows(insert[scope.kind], values);
  if (written.length === 0) return false;
  await tx.sql.rows(dropInvitation, [scope.id, accountId]);
  await announceAccount(accounts.sessions, tx, accountId);
  await recordIn(tx, scope, {
    type: `${scope.kind}.member_added`,
    after: { user_id: accountId, role: role.name },
  });
  return true;
}
