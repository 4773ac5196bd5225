import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { invalid } from '../../platform/errors/app-error.ts';
import type { Purpose } from './one-time-token.entity.ts';
import { hashSecret, newSecret } from './secret-token.ts';

const HOUR_MS = 3_600_000;
/** How long a mailed token is good: a new password is asked for now, an address is verified later. */
const lifetimes: Readonly<Record<Purpose, number>> = { reset: HOUR_MS, verify: 24 * HOUR_MS };

const insert = prepared(
  'insert into one_time_tokens (hash, purpose, account_id, expires_at) values ($1, $2, $3, $4)',
);
const take = prepared(
  'delete from one_time_tokens where hash = $1 and purpose = $2 and expires_at > $3 returning account_id',
);
const drop = prepared('delete from one_time_tokens where account_id = $1');

/** Makes a token to be mailed, good for its purpose alone. */
export async function newOneTimeToken(
  { sql, clock }: Pick<Ctx, 'sql' | 'clock'>,
  purpose: Purpose,
  accountId: string,
): Promise<string> {
  const token = newSecret(purpose);
  const expires = new Date(clock.now().getTime() + lifetimes[purpose]).toISOString();
  await sql.rows(insert, [hashSecret(token), purpose, accountId, expires]);
  return token;
}

/** Uses a token up and tells whose it was. To be called in a transaction. Throws VALIDATION_ERROR. */
export async function takeOneTimeToken(tx: Ctx, purpose: Purpose, token: string): Promise<string> {
  const values = [hashSecret(token), purpose, tx.clock.now().toISOString()];
  const [row] = await tx.sql.rows<{ account_id: string }>(take, values);
  if (row) return row.account_id;
  const message = 'This token is wrong, was used or is too old; ask for a new one.';
  throw invalid([{ field: 'token', message, code: 'token' }]);
}

/** All mailed tokens of an account are dead from now on. */
export const dropOneTimeTokens = (tx: Ctx, accountId: string): Promise<object[]> =>
  tx.sql.rows(drop, [accountId]);
