import type { InstanceRole } from '@cms/contracts';
import { recordAudit } from '../../content/audit/record-audit.ts';
import { type Ctx, transaction } from '../../content/context.ts';
import { addJob } from '../../platform/queue/index.ts';
import {
  type AccountRow,
  assertGoodPassword,
  hashPassword,
  insertAccount,
  mailJobs,
  newSecret,
} from '../accounts/index.ts';
import { attributesOf } from './user.mapper.ts';

export interface NewUser {
  readonly email: string;
  readonly password?: string | undefined;
  readonly name?: string | null | undefined;
  readonly role?: InstanceRole | undefined;
  readonly verified?: boolean | undefined;
}

/**
 * Makes an account for somebody. Without a password nobody knows one until the owner sets it by mail.
 * Throws CONFLICT where the address is taken, VALIDATION_ERROR for a bad password.
 */
export async function createUser(ctx: Ctx, input: NewUser): Promise<AccountRow> {
  const { email, password, name = null, role = 'user', verified = false } = input;
  if (password !== undefined) assertGoodPassword('data.password', password, email);
  const passwordHash = await hashPassword(password ?? newSecret('reset'));
  return transaction(ctx, async (tx) => {
    const at = tx.clock.now().toISOString();
    const account = { id: tx.newId('user'), email, name, passwordHash, role, verified, at };
    const row = await insertAccount(tx.sql, account);
    const told = { account_id: row.id };
    if (password === undefined) await addJob(tx.sql, mailJobs.welcome, told);
    else if (!verified) await addJob(tx.sql, mailJobs.verification, told);
    const resource = { type: 'user', id: row.id };
    await recordAudit(tx, { type: 'user.created', resource, after: attributesOf(row) });
    return row;
  });
}
