import type { InstanceRole } from '@cms/contracts';
import { prepared, type Sql } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { type AccountRow, accountColumns } from './account.mapper.ts';

const insert = prepared(
  `insert into accounts (id, email, name, password_hash, role, verified, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $7) returning ${accountColumns}`,
);
const join = prepared(
  `insert into project_members (account_id, project_id, role, created_at)
  select $1, id, $2, $3 from projects where is_default`,
);

export interface NewAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly passwordHash: string;
  readonly role: InstanceRole;
  readonly verified: boolean;
  readonly at: string;
  /** False for who joins something else than the default project. */
  readonly joinsDefault?: boolean;
}

/**
 * Writes an account and makes it a member of the default project, unless said otherwise: administrators
 * own it, others are authors. To be called in a transaction. Throws CONFLICT where the address is taken.
 */
export async function insertAccount(sql: Sql, account: NewAccount): Promise<AccountRow> {
  const { id, email, name, passwordHash, role, verified, at } = account;
  try {
    const values = [id, email, name, passwordHash, role, verified, at];
    const [row] = await sql.rows<AccountRow>(insert, values);
    if (account.joinsDefault ?? true)
      await sql.rows(join, [id, role === 'admin' ? 'owner' : 'author', at]);
    return row as AccountRow;
  } catch (error) {
    throw emailTaken(error, 'There is an account with this address already; log in instead.');
  }
}

/** The refusal of an address that the database knows already; any other error as it is. */
export function emailTaken(error: unknown, message: string): unknown {
  if ((error as { constraint?: string }).constraint !== 'accounts_email') return error;
  return new AppError('CONFLICT', message, {
    details: [{ field: 'email', message, code: 'unique' }],
  });
}
