import { hash } from 'node:crypto';
import type { Claims } from './access-token.ts';

/** Tokens kept in memory. */
const MAX_TOKENS = 10_000;

interface Verified {
  readonly claims: Claims;
  /** Seconds of the epoch between which it is good. */
  readonly from: number;
  readonly until: number;
}

/**
 * Tokens whose signature was checked a moment ago, by their hash: checking one takes as long as reading
 * an entry does. Whether the session still lives is not theirs to say.
 */
export class VerifiedTokens {
  readonly #known = new Map<string, Verified>();

  /** The claims of a token that was kept and is good at that second. */
  find(token: string, now: number): Claims | undefined {
    const known = this.#known.get(keyOf(token));
    return known && known.from <= now && now < known.until ? known.claims : undefined;
  }

  keep(token: string, verified: Verified): void {
    if (this.#known.size >= MAX_TOKENS) this.#known.clear();
    this.#known.set(keyOf(token), verified);
  }
}

const keyOf = (token: string): string => hash('sha256', token, 'base64url');
