import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Text of a number in base 62, at least `length` characters long. */
function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; rest > 0n; rest /= 62n) text = alphabet[Number(rest % 62n)] + text;
  return text.padStart(length, '0');
}

const checksumOf = (body: string): string => base62(BigInt(crc32(body)), 6);

/**
 * A new key: `cms_root_` or `cms_key_`, 256 random bits, and a checksum of six characters. The fixed
 * prefix and the checksum let secret scanners tell a leaked key from any other text.
 */
export function newKey(kind: 'root' | 'key'): string {
  const random = base62(BigInt(`0x${randomBytes(32).toString('hex')}`), 43);
  const body = `cms_${kind}_${random}`;
  return body + checksumOf(body);
}

const projectKey = 'cms_key_';

/** True for what can be the key of a project, by its length and its checksum: a mistyped one cannot. */
export const isProjectKey = (text: string): boolean =>
  text.startsWith(projectKey) &&
  text.length === projectKey.length + 49 &&
  text.slice(-6) === checksumOf(text.slice(0, -6));

/** What is stored of a key: it is random, so one round of SHA-256 cannot be guessed backwards. */
export const hashKey = (key: string): string => hash('sha256', key, 'hex');

/** The part that may be shown, to tell keys apart. */
export const keyPrefix = (key: string): string => key.slice(0, 13);
