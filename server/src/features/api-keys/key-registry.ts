import { permissions } from '@cms/contracts';
import type { Principal } from '../../content/context.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { prepared, type Sql } from '../../platform/db/sql.ts';
import { AddressRanges } from './address-ranges.ts';
import type { KeyLimits } from './api-key.entity.ts';
import { hashKey, isProjectKey } from './key-format.ts';
import { heldByMaker, makerColumns, makerJoin, type MakerRow } from './maker.ts';
import { boundedBy, type CollectionGrants, rightsOf } from './rights.ts';

/** The PostgreSQL channel on which a key's id says that it has changed. */
export const keysChannel = 'cms_keys';

/** What is said there of the root key. */
export const rootChanged = 'root';

/** Another server's change arrives as a notification; should one be lost, this is its longest effect. */
const MAX_AGE_MS = 60_000;
/** Keys kept in memory. */
const MAX_KEYS = 10_000;

/** A key as it is asked for: what it may do, until when, from where and how often. */
export interface KnownKey {
  readonly principal: Principal;
  /** Milliseconds since 1970; null for never. */
  readonly endsAt: number | null;
  /** Undefined for everywhere. */
  readonly from: AddressRanges | undefined;
  readonly limits: KeyLimits;
}

const concernsOf = ({ principal }: KnownKey): readonly (string | null)[] => [
  principal.id,
  'accountId' in principal ? principal.accountId : null,
];

type RootKey = KnownKey & { readonly hash: string };

interface Row extends MakerRow {
  readonly id: string;
  readonly project_id: string;
  readonly scopes: readonly string[];
  readonly collection_grants: CollectionGrants;
  readonly allowed_ips: readonly string[];
  readonly limits: KeyLimits;
  readonly expires_at: string | null;
  readonly replaced_until: string | null;
}

const find = prepared(
  `select k.id, k.project_id, k.scopes, k.collection_grants, k.allowed_ips, k.limits, k.expires_at,
    case when k.hash <> $1 then k.previous_expires_at end as replaced_until, ${makerColumns}
  from api_keys k ${makerJoin}
  where (k.hash = $1 or k.previous_hash = $1) and k.project_id is not null and k.revoked_at is null`,
);
const findRoot = prepared('select id, hash from api_keys where project_id is null');

interface Kept<T> {
  readonly at: number;
  readonly value: Promise<T | undefined>;
  /** Ids of the key and of the account that made it, once they are known. */
  concerns?: readonly (string | null)[];
}

/** The keys in use, kept in memory by their hashes until they or their makers change. */
export class KeyRegistry {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #keys = new Map<string, Kept<KnownKey>>();
  #root: Kept<RootKey> | undefined;

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** The key of that text; undefined for an unknown one. Text that cannot be a key costs no statement. */
  async find(text: string): Promise<KnownKey | undefined> {
    const hash = hashKey(text);
    const known = this.#keys.get(hash);
    if (known && this.#isFresh(known)) return known.value;
    if (!isProjectKey(text)) return this.#findRoot(hash);
    const kept: Kept<KnownKey> = { at: this.#now(), value: this.#load(hash) };
    if (this.#keys.size >= MAX_KEYS) this.#keys.clear();
    this.#keys.set(hash, kept);
    const drop = () => {
      if (this.#keys.get(hash) === kept) this.#keys.delete(hash);
    };
    // Neither a failed look-up nor an unknown key is worth keeping.
    kept.value.then((found) => (found ? (kept.concerns = concernsOf(found)) : drop()), drop);
    return kept.value;
  }

  /** Forgets a key, or the keys that an account made, or all; and what is being looked up just now. */
  forget(id?: string): void {
    if (id === undefined || id === rootChanged) this.#root = undefined;
    if (id === undefined) return this.#keys.clear();
    for (const [hash, { concerns }] of this.#keys)
      if (!concerns || concerns.includes(id)) this.#keys.delete(hash);
  }

  #now = (): number => this.#clock.now().getTime();
  #isFresh = ({ at }: { readonly at: number }): boolean => this.#now() - at < MAX_AGE_MS;

  async #load(hash: string): Promise<KnownKey | undefined> {
    const [row] = await this.#sql.rows<Row>(find, [hash]);
    const held = row && heldByMaker(row, row.project_id);
    if (!held) return undefined;
    const ends = [row.expires_at, row.replaced_until].flatMap((at) => (at ? Date.parse(at) : []));
    return {
      principal: {
        kind: 'key',
        id: row.id,
        projectId: row.project_id,
        accountId: row.account_id,
        ...boundedBy(rightsOf(row.scopes, row.collection_grants), held),
      },
      endsAt: ends.length > 0 ? Math.min(...ends) : null,
      from: row.allowed_ips.length > 0 ? new AddressRanges(row.allowed_ips) : undefined,
      limits: row.limits,
    };
  }

  /** The root key, if the hash is that one's. */
  async #findRoot(hash: string): Promise<KnownKey | undefined> {
    const kept = this.#root && this.#isFresh(this.#root) ? this.#root : this.#loadRoot();
    const root = await kept.value;
    return root?.hash === hash ? root : undefined;
  }

  #loadRoot(): Kept<RootKey> {
    const value = this.#sql.rows<{ id: string; hash: string }>(findRoot, []).then(([row]) => {
      if (!row) return undefined;
      const principal = {
        id: row.id,
        kind: 'root' as const,
        projectId: null,
        permissions: new Set(permissions),
      };
      return { principal, endsAt: null, from: undefined, limits: {}, hash: row.hash };
    });
    const kept = { at: this.#now(), value };
    this.#root = kept;
    value.catch(() => {
      if (this.#root === kept) this.#root = undefined;
    });
    return kept;
  }
}
