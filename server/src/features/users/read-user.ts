import type { Ctx } from '../../content/context.ts';
import { assertVersion } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { type AccountRow, accountColumns } from '../accounts/index.ts';
import { accountIdOf } from './account-id.ts';
import { toUserResource } from './user.mapper.ts';

const find = prepared(`select ${accountColumns} from accounts where id = $1`);
const lock = { text: `select ${accountColumns} from accounts where id = $1 for update` };

/** One account. Throws NOT_FOUND. */
export async function readUser(ctx: Ctx, reference: string): Promise<AccountRow> {
  const [row] = await ctx.sql.rows<AccountRow>(find, [accountIdOf(ctx, reference)]);
  if (!row) throw notFound();
  return row;
}

/** Which account, and as which version the caller knows it. */
export interface UserRef {
  readonly id: string;
  readonly expected_version?: number | undefined;
}

/**
 * One account, held as it is until the transaction ends. Throws NOT_FOUND, PRECONDITION_FAILED where it is no
 * longer what the caller read.
 */
export async function lockUser(
  tx: Ctx,
  reference: string,
  expectedVersion: number | undefined,
): Promise<AccountRow> {
  const [row] = await tx.sql.rows<AccountRow>(lock, [accountIdOf(tx, reference)]);
  if (!row) throw notFound();
  assertVersion(expectedVersion, toUserResource(row));
  return row;
}
