import { join } from 'node:path';
import { fileMailer } from './file-mailer.ts';
import type { Mailer } from './mail.ts';
import { smtpMailer } from './smtp-mailer.ts';

export type { Mailer, Message } from './mail.ts';

export interface MailOptions {
  readonly smtpUrl: string | undefined;
  readonly from: string;
  /** Where messages are written when there is no server: its folder `mail`. */
  readonly dataDir: string;
}

/** SMTP where a server is configured, files otherwise. */
export const openMailer = ({ smtpUrl, from, dataDir }: MailOptions): Mailer =>
  smtpUrl === undefined ? fileMailer(join(dataDir, 'mail'), from) : smtpMailer(smtpUrl, from);
