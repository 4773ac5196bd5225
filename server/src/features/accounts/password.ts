import { hash, verify } from '@node-rs/argon2';

/** Argon2id, the library's own choice, as OWASP has it: 19 MiB, two passes, one lane. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One text has several spellings in Unicode; keyboards differ in which they send. */
const normal = (password: string): string => password.normalize('NFKC');

/** The Argon2id hash of a password as a PHC string, with a salt of its own. */
export const hashPassword = (password: string): Promise<string> => hash(normal(password), options);

let nobodys: Promise<string> | undefined;

/**
 * Whether a password is the hash's. Without a hash it is false after the same work, so that how long
 * it takes does not tell whether there is an account.
 */
export async function verifyPassword(
  stored: string | undefined,
  password: string,
): Promise<boolean> {
  nobodys ??= hashPassword('the password of nobody');
  const matches = await verify(stored ?? (await nobodys), normal(password));
  return stored !== undefined && matches;
}
