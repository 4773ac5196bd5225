import type { contracts, NewApiKey } from '@cms/contracts';
import type { z } from 'zod';
import { recordAudit } from '../../content/audit/record-audit.ts';
import { type Ctx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { announceKey } from './announce-key.ts';
import type { ApiKeys } from './api-keys.ts';
import { isActive, toApiKey } from './api-key.mapper.ts';
import { assertCovers, callerBounds } from './caller-bounds.ts';
import { findKey, lockKey } from './find-key.ts';
import { hashKey, keyPrefix, newKey } from './key-format.ts';
import { assertNotRevoked } from './revoke-key.ts';

/** Seconds that the old key works on unless the caller says otherwise. */
const OVERLAP_SECONDS = 300;

const rotate = prepared(
  `update api_keys set previous_hash = case when $5::timestamptz is null then null else hash end,
    previous_expires_at = $5, hash = $2, prefix = $3, updated_at = $4 where id = $1`,
);

/**
 * Gives a key a new text and shows it this once; the old one works on for the overlap. Throws NOT_FOUND,
 * CONFLICT for a key that does not work any more, FORBIDDEN for one that may do more than the caller.
 */
export const rotateKey = (
  { registry }: ApiKeys,
  ctx: Ctx,
  {
    id,
    overlap_seconds: overlap = OVERLAP_SECONDS,
  }: z.output<typeof contracts.apiKeys.rotate.input>,
): Promise<NewApiKey> =>
  transaction(ctx, async (tx) => {
    const row = await lockKey(tx, id);
    const now = tx.clock.now();
    assertNotRevoked(row);
    if (!isActive(row, now))
      throw new AppError('CONFLICT', 'This key has expired; give it a later expires_at first.');
    assertCovers(await callerBounds(tx), row);
    const key = newKey('key');
    const until = overlap === 0 ? null : new Date(now.getTime() + overlap * 1000).toISOString();
    await tx.sql.rows(rotate, [id, hashKey(key), keyPrefix(key), now.toISOString(), until]);
    await announceKey(registry, tx, id);
    const rotated = toApiKey(await findKey(tx, id), now);
    await recordAudit(tx, {
      type: 'api_key.rotated',
      resource: { type: 'api_key', id },
      before: toApiKey(row, now),
      after: rotated,
      details: { overlap_seconds: overlap },
    });
    return { ...rotated, key };
  });
