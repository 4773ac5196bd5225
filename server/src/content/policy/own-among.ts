import { prepared } from '../../platform/db/sql.ts';
import type { Ctx } from '../context.ts';

const ofAccount = prepared(
  'select id from api_keys where id = any($1::text[]) and account_id = $2',
);

/**
 * Which of those who created something are the caller itself: a person and the keys it made are one.
 * At most one statement, and none where all of it is the caller's very own.
 */
export async function ownAmong(
  { principal, sql }: Pick<Ctx, 'principal' | 'sql'>,
  creators: readonly (string | null)[],
): Promise<ReadonlySet<string | null>> {
  const own = new Set<string | null>();
  if (principal.id !== null) own.add(principal.id);
  const accountId = 'accountId' in principal ? principal.accountId : null;
  if (accountId === null) return own;
  own.add(accountId);
  const others = [...new Set(creators)].filter(
    (each) => each?.startsWith('key_') && !own.has(each),
  );
  if (others.length === 0) return own;
  for (const { id } of await sql.rows<{ id: string }>(ofAccount, [others, accountId])) own.add(id);
  return own;
}
