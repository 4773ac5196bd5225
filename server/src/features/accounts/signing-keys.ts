import type { JsonWebKeySet } from '@cms/contracts';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Services } from '../../content/services.ts';
import { prepared, type Sql } from '../../platform/db/sql.ts';
import { isId } from '../../platform/ids/ids.ts';

export const ALGORITHM = 'ES256';
const DAY_MS = 86_400_000;
/** A key signs for a month, and what it signed is good for a day more: longer than any token lives. */
const SIGNS_MS = 30 * DAY_MS;
const VERIFIES_MS = 31 * DAY_MS;

type PublicJwk = JsonWebKeySet['keys'][number];

interface SigningKey {
  readonly id: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly publicJwk: PublicJwk;
  readonly signWith: CryptoKey;
  readonly verifyWith: CryptoKey;
}

interface Row {
  readonly id: string;
  readonly jwk: string;
  readonly created: string;
  readonly expires: string;
}

const all = prepared(
  `select id, private_jwk::text as jwk, created_at as created, expires_at as expires
  from signing_keys where expires_at > $1 order by created_at desc, id desc`,
);
const lock = { text: 'select pg_advisory_xact_lock(7316483)' };
const insert = {
  text: 'insert into signing_keys (id, private_jwk, created_at, expires_at) values ($1, $2, $3, $4)',
};

/**
 * The keys of access tokens, shared through the database: made when the first is needed, replaced
 * every month. Another server's new key is read when its first token arrives.
 */
export class SigningKeys {
  readonly #services: Services;
  #known: readonly SigningKey[] = [];

  constructor(services: Services) {
    this.#services = services;
  }

  /** The key to sign with now. */
  async signing(): Promise<SigningKey> {
    return this.#fresh(this.#known) ?? this.#replace();
  }

  /** The key of that id to verify with; undefined where there is none or it expired. */
  async verifying(id: string): Promise<SigningKey | undefined> {
    const known = this.#known.find((key) => key.id === id);
    if (known) return known.expiresAt > this.#now() ? known : undefined;
    if (!isId('sig', id)) return undefined;
    await this.#load(this.#services.database.apart);
    return this.#known.find((key) => key.id === id);
  }

  /** The public halves, for whoever checks tokens elsewhere. */
  async publicKeys(): Promise<JsonWebKeySet> {
    await this.signing();
    await this.#load(this.#services.database.apart);
    return { keys: this.#known.map(({ publicJwk }) => publicJwk) };
  }

  #now(): number {
    return this.#services.clock.now().getTime();
  }

  #fresh([newest]: readonly SigningKey[]): SigningKey | undefined {
    return newest && newest.createdAt + SIGNS_MS > this.#now() ? newest : undefined;
  }

  /** Takes another server's newer key, or makes one; two servers at once make one. */
  #replace(): Promise<SigningKey> {
    const { database, newId } = this.#services;
    return database.apart.transaction(async (sql) => {
      await sql.rows(lock, []);
      const theirs = this.#fresh(await this.#load(sql));
      if (theirs) return theirs;
      const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
      const now = this.#now();
      await sql.rows(insert, [
        newId('sig'),
        JSON.stringify(await exportJWK(privateKey)),
        new Date(now).toISOString(),
        new Date(now + VERIFIES_MS).toISOString(),
      ]);
      const [made] = await this.#load(sql);
      return made as SigningKey;
    });
  }

  async #load(sql: Sql): Promise<readonly SigningKey[]> {
    const rows = await sql.rows<Row>(all, [new Date(this.#now()).toISOString()]);
    this.#known = await Promise.all(rows.map(keyOf));
    return this.#known;
  }
}

async function keyOf({ id, jwk, created, expires }: Row): Promise<SigningKey> {
  const { d, ...half } = JSON.parse(jwk) as JWK;
  const publicJwk = { ...half, kid: id, alg: ALGORITHM, use: 'sig' } as PublicJwk;
  return {
    id,
    createdAt: Date.parse(created),
    expiresAt: Date.parse(expires),
    publicJwk,
    signWith: (await importJWK(
      { ...half, ...(d === undefined ? {} : { d }) },
      ALGORITHM,
    )) as CryptoKey,
    verifyWith: (await importJWK(half, ALGORITHM)) as CryptoKey,
  };
}
