import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The password of the database user, kept in `<dataDir>/postgres-password`; undefined when there is none yet. */
export async function readPassword(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(passwordFile(dataDir), 'utf8')).trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A new random password of letters, digits, - and _, so that it needs no quoting in SQL or in a URL. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** Keeps the password in a file that only its owner may read. It appears whole or not at all. */
export async function keepPassword(dataDir: string, password: string): Promise<void> {
  const draft = `${passwordFile(dataDir)}.new`;
  await writeFile(draft, `${password}\n`, { mode: 0o600 });
  await rename(draft, passwordFile(dataDir));
}

function passwordFile(dataDir: string): string {
  return path.join(dataDir, 'postgres-password');
}
