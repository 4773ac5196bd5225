import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Mailer } from './mail.ts';

/**
 * Writes each message to a file of its own, `<time>-<random>.eml`, which mail programs open. They hold
 * tokens, so only the owner may read them.
 */
export function fileMailer(folder: string, from: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    send: async (message) => {
      const { message: bytes } = await transport.sendMail({ ...message, from });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
      const name = join(folder, `${time}-${randomBytes(4).toString('hex')}.eml`);
      // Whoever watches the folder never sees half a message.
      await writeFile(`${name}.part`, bytes as Buffer, { mode: 0o600 });
      await rename(`${name}.part`, name);
    },
    close: () => Promise.resolve(),
  };
}
