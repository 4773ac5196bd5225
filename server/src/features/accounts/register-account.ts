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

/** An invitation that is being used. */
export interface Joining {
  /** Id of the team or the project. */
  readonly scopeId: string;
  /** Makes the account a member, in the transaction that used the invitation. */
  join(accountId: string): Promise<void>;
}

/**
 * Uses an invitation up, for the address that it was mailed to. To be called in a transaction. Throws
 * VALIDATION_ERROR for a token that is no good, FORBIDDEN for another address.
 */
export type UseInvitation = (tx: Ctx, token: string, email: string) => Promise<Joining>;

/**
 * Makes an account and signs it in. The root key makes an administrator; an invitation lets in where
 * nobody else may register, and verifies its address. Throws FORBIDDEN where the instance does not let
 * the caller register, CONFLICT where the address is taken.
 */
export async function registerAccount(
  accounts: Accounts,
  useInvitation: UseInvitation,
  ctx: Ctx,
  input: z.output<typeof contracts.auth.register.input>,
): Promise<SignedIn> {
  const isRoot = ctx.principal.kind === 'root' && ctx.principal.projectId === null;
  const { invitation_token: invitation } = input;
  assertOpen(accounts, isRoot || invitation !== undefined);
  if (!isRoot) await slowDown(ctx, [byRequests(ctx)]);
  assertGoodPassword('password', input.password, input.email);
  const passwordHash = await hashPassword(input.password);
  return transaction(ctx, async (tx) => {
    const joining =
      invitation === undefined ? undefined : await useInvitation(tx, invitation, input.email);
    const account = await insertAccount(tx.sql, {
      id: tx.newId('user'),
      email: input.email,
      name: input.name ?? null,
      passwordHash,
      role: isRoot ? 'admin' : 'user',
      verified: joining !== undefined,
      at: tx.clock.now().toISOString(),
      joinsDefault: isRoot || (await joinsDefault(accounts, tx, joining)),
    });
    await recordAudit(tx, {
      type: 'auth.registered',
      severity: isRoot ? 'warning' : 'info',
      accountId: account.id,
      resource: { type: 'account', id: account.id },
      after: { email: account.email, role: account.role, invited_to: joining?.scopeId ?? null },
    });
    await joining?.join(account.id);
    if (!account.verified) await addJob(tx.sql, mailJobs.verification, { account_id: account.id });
    return startSession(accounts, tx, account);
  });
}

/** An invitation decides what it invites to, and is all that it gives where not everybody may come. */
async function joinsDefault(
  { registration }: Accounts,
  { projects }: Ctx,
  joining: Joining | undefined,
): Promise<boolean> {
  if (!joining) return true;
  const home = await projects.find(undefined);
  return registration === 'open' && home?.id !== joining.scopeId;
}

function assertOpen({ registration }: Accounts, isBidden: boolean): void {
  if (registration === 'closed') throw new AppError('FORBIDDEN', 'Nobody can register here.');
  if (registration === 'invite' && !isBidden)
    throw new AppError(
      'FORBIDDEN',
      'Registering here needs an invitation; ask an administrator for one.',
    );
}
