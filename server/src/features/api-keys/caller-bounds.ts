import type { ErrorDetail } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { isWithin } from './address-ranges.ts';
import { type KeyRow, keyColumns } from './api-key.mapper.ts';
import type { KeyLimits } from './api-key.entity.ts';
import { heldByMaker, makerJoin } from './maker.ts';
import type { ReadScopes } from './read-scopes.ts';
import { boundedBy, covers, type Rights, rightsOf } from './rights.ts';

/** What nobody can give on because it is not theirs. */
export interface CallerBounds {
  readonly rights: Rights;
  /** The caller's own key, where it is one: its end, addresses and limits bind the keys it makes. */
  readonly key: KeyRow | undefined;
}

const find = prepared(`select ${keyColumns} from api_keys k ${makerJoin} where k.id = $1`);

/**
 * The bounds of the caller. Of a key it is what its scopes say, not what its account may do at the
 * moment: should that grow, keys that were made with it must not grow beyond it.
 */
export async function callerBounds({ principal, sql }: Ctx): Promise<CallerBounds> {
  if (principal.kind !== 'key')
    return { rights: rightsOf([...principal.permissions], {}), key: undefined };
  const [key] = await sql.rows<KeyRow>(find, [principal.id]);
  if (!key) throw new AppError('UNAUTHORIZED');
  return { rights: rightsOf(key.scopes, key.collection_grants), key };
}

/** Throws FORBIDDEN, naming the scopes, where a caller would give what it does not have. */
export function assertMayGive({ rights, key }: CallerBounds, { each }: ReadScopes): void {
  const details = each.flatMap(({ scope, field, rights: wanted }): ErrorDetail[] => {
    const given = key ? covers(rights, wanted) : mayBeAsked(rights, scope, wanted);
    return given ? [] : [beyond(field, `"${scope}" is more than you may do yourself.`)];
  });
  if (details.length > 0) throw tooMuch(details);
}

/**
 * Of an account, `read` and `admin` mean all of that which it may do itself, whatever that is; and who
 * may change its own content alone may ask for content:write, which then means just that.
 */
function mayBeAsked(held: Rights, scope: string, wanted: Rights): boolean {
  if (scope === 'read' || scope === 'admin') return true;
  const own = held.permissions.has('content:write_own');
  const owned = own
    ? { ...held, permissions: new Set([...held.permissions, 'content:write' as const]) }
    : held;
  if (scope === 'write') return owned.permissions.has('content:write');
  return covers(owned, wanted);
}

/** What else a request may say of a key. */
export interface KeyTerms {
  readonly expiresAt?: Date | null | undefined;
  readonly allowedIps?: readonly string[] | undefined;
  readonly limits?: KeyLimits | undefined;
}

/** Throws FORBIDDEN where a key would make one that lives longer, reaches further or may do it more often. */
export function assertWithin({ key }: CallerBounds, terms: KeyTerms): void {
  if (!key) return;
  const details: ErrorDetail[] = [];
  const { expiresAt, allowedIps, limits } = terms;
  if (expiresAt !== undefined && key.expires_at !== null)
    if (expiresAt === null || expiresAt.getTime() > Date.parse(key.expires_at))
      details.push(beyond('expires_at', 'It may not outlive the key that asks.'));
  if (allowedIps && key.allowed_ips.length > 0)
    if (allowedIps.length === 0 || !allowedIps.every((each) => isWithin(each, key.allowed_ips)))
      details.push(beyond('allowed_ips', 'The key that asks may not be used from all of these.'));
  if (limits)
    for (const [name, limit] of Object.entries(key.limits) as [keyof KeyLimits, number][])
      if ((limits[name] ?? Infinity) > limit)
        details.push(beyond(`limits.${name}`, `The key that asks has a limit of ${limit}.`));
  if (details.length > 0) throw tooMuch(details);
}

/**
 * Throws FORBIDDEN where a key may do something that the caller may not: who could rotate or widen it
 * would have more than its own.
 */
export function assertCovers({ rights }: CallerBounds, target: KeyRow): void {
  const asked = rightsOf(target.scopes, target.collection_grants);
  const held = heldByMaker(target, target.project_id);
  // A key whose maker is gone may come back with it: all of its scopes count.
  if (covers(rights, held ? boundedBy(asked, held) : asked)) return;
  throw new AppError('FORBIDDEN', 'This key may do more than you may; you can only revoke it.');
}

const beyond = (field: string, message: string): ErrorDetail => ({
  field,
  message,
  code: 'beyond_maker',
});

const tooMuch = (details: readonly ErrorDetail[]): AppError =>
  new AppError('FORBIDDEN', 'A key never exceeds whoever makes it; see details.', { details });
