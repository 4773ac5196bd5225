import { createTransport } from 'nodemailer';
import type { Mailer } from './mail.ts';

/** Sends by an SMTP server, such as `smtp://user:password@host:587` or `smtps://host`. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(
    { url, pool: true, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
    { from },
  );
  return {
    send: async (message) => void (await transport.sendMail(message)),
    close: async () => transport.close(),
  };
}
