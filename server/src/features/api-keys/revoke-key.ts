import type { contracts } from '@cms/contracts';
import type { z } from 'zod';
import { recordAudit } from '../../content/audit/record-audit.ts';
import { type Ctx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { announceKey } from './announce-key.ts';
import type { ApiKeys } from './api-keys.ts';
import { assertKeyVersion, type KeyRow, toApiKey } from './api-key.mapper.ts';
import { lockKey } from './find-key.ts';

const revoke = prepared('update api_keys set revoked_at = $2, updated_at = $2 where id = $1');

/** Ends a key for good, on every server; one that is revoked stays so. Throws NOT_FOUND. */
export const revokeKey = (
  { registry }: ApiKeys,
  ctx: Ctx,
  { id, expected_version: expected }: z.output<typeof contracts.apiKeys.revoke.input>,
): Promise<void> =>
  transaction(ctx, async (tx) => {
    const row = await lockKey(tx, id);
    assertKeyVersion(expected, row);
    if (row.revoked_at !== null) return;
    const now = tx.clock.now();
    await tx.sql.rows(revoke, [id, now.toISOString()]);
    await announceKey(registry, tx, id);
    await recordAudit(tx, {
      type: 'api_key.revoked',
      resource: { type: 'api_key', id },
      before: toApiKey(row, now),
    });
  });

/** Throws CONFLICT for a key that was revoked. */
export function assertNotRevoked({ revoked_at }: KeyRow): void {
  if (revoked_at !== null)
    throw new AppError('CONFLICT', 'This key is revoked for good; make a new one.');
}
