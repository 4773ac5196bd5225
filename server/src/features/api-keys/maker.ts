import { type InstanceRole, type Permission, permissions } from '@cms/contracts';
import { membershipsOfAccount, permissionsById } from '../accounts/index.ts';

/** SQL: what is asked of the account `a` that made the key `k`; to be joined by `makerJoin`. */
export const makerColumns = `k.account_id, a.active as maker_active, a.role as maker_role,
  case when a.role = 'user' then ${membershipsOfAccount} end as maker_memberships`;
export const makerJoin = 'left join accounts a on a.id = k.account_id';

/** What a key's row says of its maker. */
export interface MakerRow {
  readonly account_id: string | null;
  readonly maker_active: boolean | null;
  readonly maker_role: InstanceRole | null;
  readonly maker_memberships: string | null;
}

const everything: ReadonlySet<Permission> = new Set(permissions);

/**
 * What the maker of a key may do in the key's project now; undefined where it is no longer there or has
 * no part in it, which is the end of its keys. Keys of the root key are bounded by nobody.
 */
export function heldByMaker(row: MakerRow, projectId: string): ReadonlySet<Permission> | undefined {
  if (row.account_id === null) return everything;
  if (!row.maker_active) return undefined;
  if (row.maker_role === 'admin') return everything;
  return permissionsById(row.maker_memberships ?? '[]').get(projectId);
}
