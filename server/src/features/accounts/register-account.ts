import type { contracts, SignedIn } from '@cms/contracts';
import type { z } from 'zod';
import { recordAudit } from '../../content/audit/record-audit.ts';
import { type Ctx, transaction } from '../../content/context.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { addJob } from '../../platform/queue/index.ts';
import type { Accounts } from './accounts.ts';
import { insertAccount } from './insert-account.ts';
import { mailJobs } from './mail-jobs.ts';
import { hashPassword } from './password.ts';
import { assertGoodPassword } from './password-policy.ts';
import { byRequests, slowDown } from './slow-down.ts';
import { startSession } from './start-session.ts';

/**
 * Makes an account and signs it in. The root key makes an administrator. Throws FORBIDDEN where the
 * instance does not let the caller register, CONFLICT where the address is taken.
 */
export async function registerAccount(
  accounts: Accounts,
  ctx: Ctx,
  input: z.output<typeof contracts.auth.register.input>,
): Promise<SignedIn> {
  const isRoot = ctx.principal.kind === 'root' && ctx.principal.projectId === null;
  assertOpen(accounts, isRoot);
  if (!isRoot) await slowDown(ctx, [byRequests(ctx)]);
  assertGoodPassword('password', input.password, input.email);
  const passwordHash = await hashPassword(input.password);
  return transaction(ctx, async (tx) => {
    const account = await insertAccount(tx.sql, {
      id: tx.newId('user'),
      email: input.email,
      name: input.name ?? null,
      passwordHash,
      role: isRoot ? 'admin' : 'user',
      verified: false,
      at: tx.clock.now().toISOString(),
    });
    await recordAudit(tx, {
      type: 'auth.registered',
      severity: isRoot ? 'warning' : 'info',
      accountId: account.id,
      resource: { type: 'account', id: account.id },
      after: { email: account.email, role: account.role },
    });
    await addJob(tx.sql, mailJobs.verification, { account_id: account.id });
    return startSession(accounts, tx, account);
  });
}

function assertOpen({ registration }: Accounts, isRoot: boolean): void {
  if (registration === 'closed') throw new AppError('FORBIDDEN', 'Nobody can register here.');
  if (registration === 'invite' && !isRoot)
    throw new AppError('FORBIDDEN', 'Only an administrator can register accounts here.');
}
