import type { Services } from '../../content/services.ts';

const HOUR_MS = 3_600_000;

const tables = ['sessions', 'refresh_tokens', 'one_time_tokens', 'signing_keys', 'invitations'];
const statements = tables.map((table) => ({
  text: `delete from ${table} where expires_at <= $1`,
}));
const oldAttempts = { text: 'delete from auth_attempts where updated_at <= $1' };

/** Deletes what has expired, once. */
export async function deleteExpired({ database, clock }: Services): Promise<void> {
  const now = clock.now();
  for (const statement of statements) await database.sql.rows(statement, [now.toISOString()]);
  const dayAgo = new Date(now.getTime() - 24 * HOUR_MS).toISOString();
  await database.sql.rows(oldAttempts, [dayAgo]);
}

/** Deletes expired sessions, tokens, keys, invitations and failures every hour; returns what stops that. */
export function forgetExpired(services: Services): () => void {
  const timer = setInterval(() => {
    deleteExpired(services).catch((error: unknown) =>
      services.log.warn({ err: error }, 'Expired sessions could not be deleted'),
    );
  }, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
