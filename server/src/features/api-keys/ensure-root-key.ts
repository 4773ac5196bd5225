import type { Services } from '../../content/services.ts';
import { ApiKeyEntity } from './api-key.entity.ts';
import { keysChannel, rootChanged } from './key-registry.ts';
import { hashKey, keyPrefix, newKey } from './key-format.ts';

/** What became of the root key at a start: a new one is shown this once. */
export type RootKey =
  | { readonly kind: 'made'; readonly key: string }
  | { readonly kind: 'configured' }
  | { readonly kind: 'kept' };

const insert = {
  text: `insert into api_keys (id, project_id, name, prefix, hash, created_at, updated_at) values ($1, null, 'root', $2, $3, $4, $4)
    on conflict ((true)) where project_id is null do nothing returning id`,
};

const notify = { text: 'select pg_notify($1, $2)' };

/**
 * Makes sure that the instance has its one root key: the configured one, else the one it has, else
 * a new one. A configured key that differs from the stored one replaces it.
 */
export async function ensureRootKey(
  { database, clock, newId }: Services,
  configured: string | undefined,
): Promise<RootKey> {
  const key = configured ?? newKey('root');
  const [made] = await database.sql.rows<{ id: string }>(insert, [
    newId('key'),
    keyPrefix(key),
    hashKey(key),
    clock.now().toISOString(),
  ]);
  if (made) return configured ? { kind: 'configured' } : { kind: 'made', key };
  if (!configured) return { kind: 'kept' };
  await database
    .fork()
    .nativeUpdate(
      ApiKeyEntity,
      { project_id: null },
      { hash: hashKey(key), prefix: keyPrefix(key) },
    );
  await database.sql.rows(notify, [keysChannel, rootChanged]);
  return { kind: 'configured' };
}
