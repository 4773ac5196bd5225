import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { expect, it } from 'vitest';
import { openMailer } from './index.ts';

const message = { to: 'reader@example.com', subject: 'Grüße', text: 'The token is abc.' };

it('writes a message to a file that only its owner may read', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'cms-mail-'));
  const mailer = openMailer({ smtpUrl: undefined, from: 'CMS <cms@example.com>', dataDir });
  await Promise.all([mailer.send(message), mailer.send(message)]);
  await mailer.close();
  const files = readdirSync(join(dataDir, 'mail'));
  expect(files).toHaveLength(2);
  const path = join(dataDir, 'mail', String(files[0]));
  expect(path).toMatch(/\.eml$/);
  expect(statSync(path).mode & 0o077).toBe(0);
  const written = readFileSync(path, 'utf8');
  expect(written).toContain('To: reader@example.com');
  expect(written).toContain('From: CMS <cms@example.com>');
  expect(written).toContain('The token is abc.');
  rmSync(dataDir, { recursive: true });
});

it('sends by SMTP with the login of the URL', async () => {
  const received: { user: string; to: string; body: string }[] = [];
  const server = new SMTPServer({
    authOptional: false,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      password === 'p@ss' ? done(null, { user: username }) : done(new Error('wrong password')),
    onData: (stream, { user, envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = envelope.rcptTo.map(({ address }) => address).join();
        received.push({ user: String(user), to, body: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const options = { from: 'cms@example.com', dataDir: tmpdir() };
  const mailer = openMailer({ ...options, smtpUrl: `smtp://cms:p%40ss@127.0.0.1:${port}` });
  await mailer.send(message);
  await mailer.close();
  expect(received).toMatchObject([{ user: 'cms', to: 'reader@example.com' }]);
  expect(received[0]?.body).toContain('The token is abc.');

  const wrong = openMailer({ ...options, smtpUrl: `smtp://cms:nope@127.0.0.1:${port}` });
  await expect(wrong.send(message)).rejects.toThrow(/login/i);
  await wrong.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
