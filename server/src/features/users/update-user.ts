import type { InstanceRole } from '@cms/contracts';
import { recordAudit } from '../../content/audit/record-audit.ts';
import { type Ctx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { addJob } from '../../platform/queue/index.ts';
import {
  type AccountRow,
  type Accounts,
  accountColumns,
  announceAccount,
  dropOneTimeTokens,
  emailTaken,
  endOtherSessions,
  mailJobs,
} from '../accounts/index.ts';
import { dropAllInvitationsBy } from '../members/index.ts';
import { managesUsers } from './account-id.ts';
import { keepAnAdmin, lockAdmins } from './keep-an-admin.ts';
import { lockUser, type UserRef } from './read-user.ts';
import { attributesOf } from './user.mapper.ts';

export interface UserChange {
  readonly email?: string | undefined;
  readonly name?: string | null | undefined;
  readonly role?: InstanceRole | undefined;
  readonly verified?: boolean | undefined;
  readonly active?: boolean | undefined;
}

const update = prepared(
  `update accounts set email = $2, name = $3, role = $4, verified = $5, active = $6, updated_at = $7
  where id = $1 returning ${accountColumns}`,
);

/** What only who manages accounts may change. */
const managed = ['role', 'verified', 'active'] as const;

/**
 * Changes what is given of an account, on all servers at once. A new address has to be verified again;
 * who is shut out loses its sessions. Throws FORBIDDEN for what nobody changes of itself, CONFLICT for
 * an address that is taken and for the last active administrator, PRECONDITION_FAILED where somebody else
 * was faster.
 */
export const updateUser = (
  accounts: Accounts,
  ctx: Ctx,
  { id, data: change, expected_version }: UserRef & { readonly data: UserChange },
): Promise<AccountRow> =>
  transaction(ctx, async (tx) => {
    assertOwn(tx, change);
    await lockAdmins(tx);
    const row = await lockUser(tx, id, expected_version);
    const { name = row.name, role = row.role, active = row.active, email = row.email } = change;
    if (role !== 'admin' || !active) await keepAnAdmin(tx, row);
    const moved = email.toLowerCase() !== row.email.toLowerCase();
    const verified = change.verified ?? (row.verified && !moved);
    const values = [row.id, email, name, role, verified, active, tx.clock.now().toISOString()];
    const [changed] = await tx.sql.rows<AccountRow>(update, values).catch((error: unknown) => {
      throw emailTaken(error, 'Another account has this address.');
    });
    // A token in the old mailbox is not this address's.
    if (moved || !active) await dropOneTimeTokens(tx, row.id);
    if (moved) await addJob(tx.sql, mailJobs.addressChanged, { email: row.email });
    if (moved && !verified) await addJob(tx.sql, mailJobs.verification, { account_id: row.id });
    if (active) await announceAccount(accounts.sessions, tx, row.id);
    else {
      await endOtherSessions(accounts, tx, row.id, null);
      await dropAllInvitationsBy(tx, row.id);
    }
    const after = changed as AccountRow;
    await recordAudit(tx, {
      type: 'user.updated',
      severity: row.role === role && row.active === active ? 'info' : 'warning',
      resource: { type: 'user', id: row.id },
      before: attributesOf(row),
      after: attributesOf(after),
    });
    return after;
  });

function assertOwn(ctx: Ctx, change: UserChange): void {
  if (managesUsers(ctx)) return;
  const sent = managed.filter((field) => change[field] !== undefined);
  if (sent.length === 0) return;
  throw new AppError('FORBIDDEN', `Only an administrator may change ${sent.join(', ')}.`, {
    details: sent.map((field) => ({
      field: `data.${field}`,
      message: 'Leave it out: this is for an administrator to change.',
      code: 'forbidden',
    })),
  });
}
