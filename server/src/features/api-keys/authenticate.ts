import { permissions } from '@cms/contracts';
import type { Principal } from '../../content/context.ts';
import type { Services } from '../../content/services.ts';
import { prepared } from '../../platform/db/sql.ts';
import { hashKey } from './key-format.ts';

export const anonymous: Principal = {
  id: null,
  kind: 'anonymous',
  projectId: null,
  permissions: new Set(),
};

const find = prepared('select id, project_id from api_keys where hash = $1');

/**
 * Finds the caller of a key. Keys are looked up by their hash, so how long it takes tells nothing of
 * a key; a known one is answered from memory.
 */
export function authenticator({ database }: Services) {
  const known = new Map<string, Principal>();
  return async (key: string): Promise<Principal | undefined> => {
    const hash = hashKey(key);
    const principal = known.get(hash);
    if (principal) return principal;
    const [row] = await database.sql.rows<{ id: string; project_id: string | null }>(find, [hash]);
    if (!row) return undefined;
    const found: Principal = {
      id: row.id,
      kind: 'root',
      projectId: row.project_id,
      permissions: new Set(permissions),
    };
    known.set(hash, found);
    return found;
  };
}
