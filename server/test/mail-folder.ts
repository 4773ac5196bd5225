import { mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';

type Purpose = 'reset' | 'verify' | 'invite';

/** The tokens of a purpose that were mailed to an address so far, oldest first. */
export function mailedTokens(dataDir: string, purpose: Purpose, to: string): string[] {
  const folder = join(dataDir, 'mail');
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter((mail) => mail.includes(`To: ${to}\r\n`))
    .flatMap((mail) => new RegExp(`^cms_${purpose}_\\S+`, 'm').exec(mail)?.[0] ?? []);
}

/** The newest token, once there are as many as said: mail is written after the reply. */
export function mailedToken(
  dataDir: string,
  purpose: Purpose,
  to: string,
  count = 1,
): Promise<string> {
  const folder = join(dataDir, 'mail');
  mkdirSync(folder, { recursive: true });
  return new Promise((resolve, reject) => {
    const look = () => {
      const token = mailedTokens(dataDir, purpose, to)[count - 1];
      if (token === undefined) return;
      watcher.close();
      resolve(token);
    };
    const watcher = watch(folder, look).on('error', reject);
    look();
  });
}
