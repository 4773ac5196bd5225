import type { SignedIn } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { ACCESS_TOKEN_SECONDS } from './access-token.ts';
import { type AccountRow, toUser } from './account.mapper.ts';
import type { Accounts } from './accounts.ts';
import { hashSecret, newSecret } from './secret-token.ts';

/** A session ends when this long no token of it was renewed. */
const SESSION_MS = 30 * 86_400_000;

const insert = {
  text: 'insert into refresh_tokens (hash, session_id, used_at, expires_at) values ($1, $2, null, $3)',
};

/** When a session that is used now will have ended. */
export const sessionEnd = ({ clock }: Ctx): string =>
  new Date(clock.now().getTime() + SESSION_MS).toISOString();

/** New tokens for a session, in the transaction that made or renewed it. */
export async function issueTokens(
  { tokens }: Accounts,
  tx: Ctx,
  account: AccountRow,
  sessionId: string,
): Promise<SignedIn> {
  const refreshToken = newSecret('refresh');
  await tx.sql.rows(insert, [hashSecret(refreshToken), sessionId, sessionEnd(tx)]);
  return {
    access_token: await tokens.sign({ accountId: account.id, sessionId }, account.role),
    refresh_token: refreshToken,
    token_type: 'bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
    user: toUser(account),
  };
}
