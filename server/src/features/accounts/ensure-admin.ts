import type { Services } from '../../content/services.ts';
import { insertAccount } from './insert-account.ts';
import { hashPassword } from './password.ts';
import { accountsChannel } from './session-registry.ts';

/** Held by whoever changes who the administrators are, until its transaction ends. */
export const adminsLock = { text: 'select pg_advisory_xact_lock(7316484)' };
const find = { text: 'select id, role from accounts where lower(email) = lower($1)' };
const promote = {
  text: `update accounts set role = 'admin', active = true, password_hash = $2, updated_at = $3 where id = $1`,
};
const endSessions = { text: 'delete from sessions where account_id = $1' };
const dropTokens = { text: 'delete from one_time_tokens where account_id = $1' };
const notify = { text: 'select pg_notify($1, $2)' };

/**
 * Makes sure that the configured administrator exists. An administrator keeps the password it has
 * now; any other account of that address gets the configured one, since somebody else may have
 * registered it to wait for this moment.
 */
export async function ensureAdmin(
  { database, clock, newId }: Services,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  const at = clock.now().toISOString();
  await database.apart.transaction(async (sql) => {
    await sql.rows(adminsLock, []);
    const [known] = await sql.rows<{ id: string; role: string }>(find, [email]);
    if (known?.role === 'admin') return;
    const passwordHash = await hashPassword(password);
    if (!known) {
      const account = { id: newId('user'), email, name: null, passwordHash, at };
      await insertAccount(sql, { ...account, role: 'admin', verified: true });
      return;
    }
    await sql.rows(promote, [known.id, passwordHash, at]);
    await sql.rows(endSessions, [known.id]);
    await sql.rows(dropTokens, [known.id]);
    await sql.rows(notify, [accountsChannel, known.id]);
  });
}
