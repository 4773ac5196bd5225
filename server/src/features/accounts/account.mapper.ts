import type { InstanceRole, User } from '@cms/contracts';
import { isoTime } from '../../content/entries/row.ts';

/** An account as its table gives it. */
export interface AccountRow {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: InstanceRole;
  readonly verified: boolean;
  readonly active: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The columns of an AccountRow. */
export const accountColumns = 'id, email, name, role, verified, active, created_at, updated_at';

/** An account as its owner sees it. */
export const toUser = (row: AccountRow): User => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  verified: row.verified,
  created: isoTime(row.created_at),
  updated: isoTime(row.updated_at),
});
