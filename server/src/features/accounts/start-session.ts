import type { SignedIn } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import type { AccountRow } from './account.mapper.ts';
import type { Accounts } from './accounts.ts';
import { issueTokens, sessionEnd } from './issue-tokens.ts';

const insert = {
  text: `insert into sessions (id, account_id, user_agent, ip_address, created_at, last_used_at, expires_at)
    values ($1, $2, $3, $4, $5, $5, $6)`,
};

/** Signs an account in: a session with its first tokens. To be called in a transaction. */
export async function startSession(
  accounts: Accounts,
  tx: Ctx,
  account: AccountRow,
): Promise<SignedIn> {
  const id = tx.newId('sess');
  await tx.sql.rows(insert, [
    id,
    account.id,
    tx.client.userAgent?.slice(0, 300) ?? null,
    tx.client.address,
    tx.clock.now().toISOString(),
    sessionEnd(tx),
  ]);
  return issueTokens(accounts, tx, account, id);
}
