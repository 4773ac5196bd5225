import type { Ctx } from '../../content/context.ts';
import { type KeyRegistry, keysChannel } from './key-registry.ts';

const notify = { text: 'select pg_notify($1, $2)' };

/**
 * Tells every server, within the change's transaction, that a key changed; this one knows when the
 * transaction has committed.
 */
export async function announceKey(registry: KeyRegistry, tx: Ctx, keyId: string): Promise<void> {
  await tx.sql.rows(notify, [keysChannel, keyId]);
  tx.after(() => registry.forget(keyId));
}
