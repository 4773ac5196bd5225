import type { contracts } from '@cms/contracts';
import type { z } from 'zod';
import { recordAudit } from '../../content/audit/record-audit.ts';
import { type Ctx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { announceKey } from './announce-key.ts';
import type { ApiKeys } from './api-keys.ts';
import { assertKeyVersion, keyReply, toApiKey } from './api-key.mapper.ts';
import { assertCovers, assertMayGive, assertWithin, callerBounds } from './caller-bounds.ts';
import { findKey, lockKey } from './find-key.ts';
import { prepareWindows } from './key-windows.ts';
import { readExpiry } from './read-expiry.ts';
import { readScopes } from './read-scopes.ts';
import { assertNotRevoked } from './revoke-key.ts';

const update = prepared(
  `update api_keys set name = $2, scopes = $3, collection_grants = $4, access_level = $5, allowed_ips = $6, limits = $7,
    expires_at = $8, updated_at = $9 where id = $1`,
);

type Input = z.output<typeof contracts.apiKeys.update.input>;

/**
 * Changes what is given of a key. Throws NOT_FOUND, CONFLICT for a revoked one, VALIDATION_ERROR, and
 * FORBIDDEN where the key may do, or would, what the caller may not.
 */
export const updateKey = ({ registry }: ApiKeys, ctx: Ctx, input: Input) =>
  transaction(ctx, async (tx) => {
    const row = await lockKey(tx, input.id);
    assertKeyVersion(input.expected_version, row);
    assertNotRevoked(row);
    const bounds = await callerBounds(tx);
    assertCovers(bounds, row);
    const expiresAt = readExpiry(tx, input.expires_at);
    assertWithin(bounds, { expiresAt, allowedIps: input.allowed_ips, limits: input.limits });
    const rescoped = input.scopes !== undefined || input.access_level !== undefined;
    const scoped = rescoped ? await readScopes(tx, input) : undefined;
    if (scoped) assertMayGive(bounds, scoped);
    const limits = input.limits ?? row.limits;
    const now = tx.clock.now();
    await tx.sql.rows(update, [
      row.id,
      input.name ?? row.name,
      JSON.stringify(scoped?.scopes ?? row.scopes),
      JSON.stringify(scoped?.grants ?? row.collection_grants),
      scoped?.level ?? row.access_level,
      JSON.stringify(input.allowed_ips ?? row.allowed_ips),
      JSON.stringify(limits),
      expiresAt === undefined ? row.expires_at : (expiresAt?.toISOString() ?? null),
      now.toISOString(),
    ]);
    await prepareWindows(tx.sql, row.id, limits);
    await announceKey(registry, tx, row.id);
    const changed = await findKey(tx, row.id);
    await recordAudit(tx, {
      type: 'api_key.updated',
      resource: { type: 'api_key', id: row.id },
      before: toApiKey(row, now),
      after: toApiKey(changed, now),
    });
    return keyReply(changed, now);
  });
