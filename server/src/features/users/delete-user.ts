import { recordAudit } from '../../content/audit/record-audit.ts';
import { type Ctx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { type Accounts, announceAccount } from '../accounts/index.ts';
import { assertOwnsNothingAlone, dropAllInvitationsBy } from '../members/index.ts';
import { accountIdOf, managesUsers } from './account-id.ts';
import { keepAnAdmin, lockAdmins } from './keep-an-admin.ts';
import { lockUser, type UserRef } from './read-user.ts';
import { attributesOf } from './user.mapper.ts';

/** Keys are no rows of the account's in the database, since the root key has none. */
const removeKeys = prepared('delete from api_keys where account_id = $1');
/** Sessions, memberships and mailed tokens go with it. */
const remove = prepared('delete from accounts where id = $1');

/**
 * Deletes an account and all that lets somebody in by it. What it wrote keeps its id. Throws NOT_FOUND,
 * or CONFLICT for the last active administrator, and for who deletes itself and alone owns something.
 */
export const deleteUser = (accounts: Accounts, ctx: Ctx, ref: UserRef): Promise<void> =>
  transaction(ctx, async (tx) => {
    await lockAdmins(tx);
    // An administrator owns everything, and may leave it so.
    if (!managesUsers(tx)) await assertOwnsNothingAlone(tx, accountIdOf(tx, ref.id));
    const row = await lockUser(tx, ref.id, ref.expected_version);
    await keepAnAdmin(tx, row);
    await dropAllInvitationsBy(tx, row.id);
    await tx.sql.rows(removeKeys, [row.id]);
    await tx.sql.rows(remove, [row.id]);
    await announceAccount(accounts.sessions, tx, row.id);
    await recordAudit(tx, {
      type: 'user.deleted',
      severity: 'warning',
      resource: { type: 'user', id: row.id },
      before: attributesOf(row),
    });
  });
