import { Writable } from 'node:stream';
import pino from 'pino';
import { expect, it } from 'vitest';
import { auth, logIn, password, register, tokensOf } from './accounts.ts';
import { startTestServer } from './harness.ts';
import { mailedToken } from './mail-folder.ts';

/** Passwords and tokens are nowhere but with their owner. */
it('writes no secret to the log or in the clear to any table', async () => {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const server = await startTestServer({ log: pino({ level: 'trace' }, stream) });
  const email = 'secret@example.com';
  const tokens = await register(server, email);
  await auth(server, 'register', { email, password: 'AnotherPass123' });
  await logIn(server, email, 'WrongPass1234');
  const next = tokensOf(await auth(server, 'refresh', { refresh_token: tokens.refresh }));
  await auth(server, 'forgot-password', { email });
  const mailed = [
    await mailedToken(server.dataDir, 'verify', email),
    await mailedToken(server.dataDir, 'reset', email),
  ];
  // An error that nobody foresaw is logged with its cause.
  const { sql } = server.app.services.database;
  await sql.rows({ text: 'alter table sessions rename to sessions_away' }, []);
  expect((await logIn(server, email)).status).toBe(500);
  await sql.rows({ text: 'alter table sessions_away rename to sessions' }, []);
  expect(lines.join('')).toContain('An operation failed unexpectedly');

  const tables = await sql.rows<{ name: string }>(
    { text: `select tablename as name from pg_tables where schemaname = 'public'` },
    [],
  );
  const stored = await Promise.all(
    tables.map(({ name }) => sql.rows({ text: `select t::text as row from "${name}" t` }, [])),
  );
  const [written, kept] = [lines.join(''), JSON.stringify(stored)];
  expect(kept).toContain('$argon2id$');
  const secrets = [password, 'AnotherPass123', 'WrongPass1234', ...mailed];
  for (const each of [tokens, next]) secrets.push(each.access, each.refresh);
  for (const secret of secrets) {
    expect(written).not.toContain(secret);
    expect(kept).not.toContain(secret);
  }
  expect(written).not.toContain('$argon2id$');
  await server.close();
});
