import type { User } from '@cms/contracts';
import type { AccountCtx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { type AccountRow, accountColumns, toUser } from './account.mapper.ts';

const find = prepared(`select ${accountColumns} from accounts where id = $1`);

/** The caller's account. */
export async function readMe({ sql, principal }: AccountCtx): Promise<User> {
  const [row] = await sql.rows<AccountRow>(find, [principal.accountId]);
  if (!row) throw new AppError('UNAUTHORIZED');
  return toUser(row);
}
