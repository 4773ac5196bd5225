import type { contracts, NewApiKey } from '@cms/contracts';
import type { z } from 'zod';
import { recordAudit } from '../../content/audit/record-audit.ts';
import { type Ctx, transaction } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { invalid } from '../../platform/errors/app-error.ts';
import { toApiKey } from './api-key.mapper.ts';
import { assertMayGive, assertWithin, callerBounds } from './caller-bounds.ts';
import { findKey } from './find-key.ts';
import { inNamedProject } from './in-named-project.ts';
import { hashKey, keyPrefix, newKey } from './key-format.ts';
import { prepareWindows } from './key-windows.ts';
import { readExpiry } from './read-expiry.ts';
import { readScopes } from './read-scopes.ts';

const insert = prepared(
  `insert into api_keys (id, project_id, name, prefix, hash, scopes, collection_grants, access_level, allowed_ips, limits,
    expires_at, account_id, created_by, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)`,
);

/**
 * Makes a key of the project and shows it this once. What a key that asks does not say of its end, its
 * addresses and its limits is as its own. Throws VALIDATION_ERROR and, for more than the caller's own,
 * FORBIDDEN.
 */
export async function createKey(
  ctx: Ctx,
  input: z.output<typeof contracts.apiKeys.create.input>,
): Promise<NewApiKey> {
  const own = await inNamedProject(ctx, input.project_id, noProject);
  return transaction(own, async (tx) => {
    const scopes = await readScopes(tx, input);
    const bounds = await callerBounds(tx);
    assertMayGive(bounds, scopes);
    const sent = {
      expiresAt: readExpiry(tx, input.expires_at),
      allowedIps: input.allowed_ips,
      limits: input.limits,
    };
    assertWithin(bounds, sent);
    const { key: parent } = bounds;
    const expiresAt =
      sent.expiresAt === undefined ? parent?.expires_at : sent.expiresAt?.toISOString();
    const limits = sent.limits ?? parent?.limits ?? {};
    const key = newKey('key');
    const id = tx.newId('key');
    await tx.sql.rows(insert, [
      id,
      tx.project.id,
      input.name,
      keyPrefix(key),
      hashKey(key),
      JSON.stringify(scopes.scopes),
      JSON.stringify(scopes.grants),
      scopes.level,
      JSON.stringify(sent.allowedIps ?? parent?.allowed_ips ?? []),
      JSON.stringify(limits),
      expiresAt ?? null,
      'accountId' in tx.principal ? tx.principal.accountId : null,
      tx.principal.id,
      tx.clock.now().toISOString(),
    ]);
    await prepareWindows(tx.sql, id, limits);
    const made = toApiKey(await findKey(tx, id), tx.clock.now());
    await recordAudit(tx, {
      type: 'api_key.created',
      resource: { type: 'api_key', id },
      after: made,
    });
    return { ...made, key };
  });
}

const noProject = () =>
  invalid([{ field: 'project_id', message: 'There is no such project.', code: 'reference' }]);
