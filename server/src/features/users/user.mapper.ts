import type { UserResource } from '@cms/contracts';
import { isoTime } from '../../content/entries/row.ts';
import type { AccountRow } from '../accounts/index.ts';

/** What of an account may be told: never its password's hash. */
export const attributesOf = (row: AccountRow): UserResource['attributes'] => ({
  email: row.email,
  name: row.name,
  role: row.role,
  verified: row.verified,
  active: row.active,
  created_at: isoTime(row.created_at),
  updated_at: isoTime(row.updated_at),
});

/** An account as document S1 shows a user. */
export const toUserResource = (row: AccountRow): UserResource => ({
  id: row.id,
  type: 'user',
  attributes: attributesOf(row),
});
