import type { Attempt, Caller, Meter } from '../../content/caller.ts';
import type { KeyPrincipal, Principal } from '../../content/context.ts';
import type { Services } from '../../content/services.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { ApiKeys } from './api-keys.ts';
import type { KeyLimits } from './api-key.entity.ts';
import { countUse, windowsOf } from './key-windows.ts';
import { quotaHeaders, tooMany } from './quota-headers.ts';

export const anonymous: Principal = {
  id: null,
  kind: 'anonymous',
  projectId: null,
  permissions: new Set(),
};

/**
 * Finds the caller of a key. Keys are looked up by their hash, so how long it takes tells nothing of
 * a key; a known one is answered from memory. Throws FORBIDDEN for a good key that is used from
 * where it may not be.
 */
export const authenticator =
  (services: Services, { registry, usage }: ApiKeys) =>
  async (text: string, attempt: Attempt): Promise<Caller | undefined> => {
    const known = await registry.find(text);
    if (!known) return undefined;
    const { principal, endsAt, from, limits } = known;
    if (endsAt !== null && endsAt <= services.clock.now().getTime()) return undefined;
    // The root key is bounded by nothing and counted nowhere.
    if (principal.kind !== 'key') return { principal };
    if (from && !from.has(attempt.client.address))
      throw refuseAddress(services, principal, attempt);
    return { principal, meter: meterOf(services, usage, principal.id, limits) };
  };

/** The refusal of a good key, noted for the audit. */
function refuseAddress(
  { refusals }: Services,
  { id, projectId, kind }: KeyPrincipal,
  { client, ...attempt }: Attempt,
): AppError {
  const code = 'FORBIDDEN';
  refusals.note({ projectId, code, actorId: id, actorKind: kind, ...client, ...attempt });
  return new AppError(
    code,
    'This key may not be used from your address; its allowed_ips say from where.',
  );
}

const meterOf = (
  { database, clock }: Services,
  usage: ApiKeys['usage'],
  keyId: string,
  limits: KeyLimits,
): Meter => ({
  admit: async () => {
    const now = clock.now();
    const windows = windowsOf(limits, now);
    if (windows.length === 0) return {};
    const counted = await countUse(database.sql, keyId, windows);
    if (!counted.open) throw tooMany(counted.windows, now);
    const after = counted.windows.map((each) => ({ ...each, used: each.used + 1 }));
    return quotaHeaders(after, now);
  },
  record: (call) => usage.record(keyId, call),
});
