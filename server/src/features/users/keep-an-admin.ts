import type { Ctx } from '../../content/context.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { type AccountRow, adminsLock } from '../accounts/index.ts';

const others = {
  text: `select 1 from accounts where role = 'admin' and active and id <> $1 limit 1`,
};

/** Waits until nobody else changes who the administrators are. To be called before the account is locked. */
export const lockAdmins = (tx: Ctx): Promise<object[]> => tx.sql.rows(adminsLock, []);

/**
 * Sees to it that somebody can still manage the instance without an account that is about to go. To be
 * called with the administrators locked. Throws CONFLICT for the last active one.
 */
export async function keepAnAdmin(tx: Ctx, row: AccountRow): Promise<void> {
  if (row.role !== 'admin' || !row.active) return;
  if ((await tx.sql.rows(others, [row.id])).length > 0) return;
  throw new AppError(
    'CONFLICT',
    'This is the last active administrator; make another account one first.',
  );
}
