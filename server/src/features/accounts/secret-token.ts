import { createHash, randomBytes } from 'node:crypto';

/** A token of 256 random bits; its prefix tells people and secret scanners what it is. */
export const newSecret = (kind: 'refresh' | 'reset' | 'verify' | 'invite'): string =>
  `cms_${kind}_${randomBytes(32).toString('base64url')}`;

/** What is stored of a token: it is random, so one round of SHA-256 cannot be guessed backwards. */
export const hashSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex');
