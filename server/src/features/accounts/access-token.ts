import { errors, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../../platform/clock/clock.ts';
import { ALGORITHM, type SigningKeys } from './signing-keys.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** Seconds that an access token lives. */
export const ACCESS_TOKEN_SECONDS = 600;
/** Seconds that the clocks of two servers may differ. */
const TOLERANCE_SECONDS = 5;
/** RFC 9068: other tokens signed with our keys are no access tokens. */
const TYPE = 'at+jwt';

/** Whose access token it is. */
export interface Claims {
  readonly accountId: string;
  readonly sessionId: string;
}

/** Makes and checks access tokens: short-lived JWTs of one issuer. */
export class AccessTokens {
  readonly #keys: SigningKeys;
  readonly #issuer: string;
  readonly #clock: Clock;
  readonly #verified = new VerifiedTokens();

  constructor(keys: SigningKeys, issuer: string, clock: Clock) {
    this.#keys = keys;
    this.#issuer = issuer;
    this.#clock = clock;
  }

  /** A signed token that names account, session and the account's role. */
  async sign({ accountId, sessionId }: Claims, role: string): Promise<string> {
    const key = await this.#keys.signing();
    const now = Math.floor(this.#clock.now().getTime() / 1000);
    return new SignJWT({ sid: sessionId, role })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: key.id })
      .setIssuer(this.#issuer)
      .setAudience(this.#issuer)
      .setSubject(accountId)
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_TOKEN_SECONDS)
      .sign(key.signWith);
  }

  /** The claims of a token that is ours and good now; undefined for any other text. */
  async verify(token: string): Promise<Claims | undefined> {
    const now = this.#clock.now();
    const known = this.#verified.find(token, now.getTime() / 1000);
    if (known) return known;
    try {
      const { payload } = await jwtVerify(
        token,
        async ({ kid }) => {
          const key = await this.#keys.verifying(kid ?? '');
          if (!key) throw new errors.JWKSNoMatchingKey();
          return key.verifyWith;
        },
        {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer: this.#issuer,
          audience: this.#issuer,
          requiredClaims: ['sub', 'sid', 'exp', 'iat'],
          // Also refuses what was issued in the future.
          maxTokenAge: ACCESS_TOKEN_SECONDS,
          clockTolerance: TOLERANCE_SECONDS,
          currentDate: now,
        },
      );
      const { sub, sid, iat, exp } = payload;
      if (typeof sub !== 'string' || typeof sid !== 'string') return undefined;
      const claims = { accountId: sub, sessionId: sid };
      const [from, until] = [
        iat as number,
        Math.min(exp as number, (iat as number) + ACCESS_TOKEN_SECONDS),
      ];
      this.#verified.keep(token, { claims, from, until });
      return claims;
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
      throw error;
    }
  }
}
