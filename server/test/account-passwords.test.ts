import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auth, logIn, movableClock, password, register, statusOfMe, tokensOf } from './accounts.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { mailedToken, mailedTokens } from './mail-folder.ts';

/** Passwords, and the ways to a new one. */
const clock = movableClock();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock });
});
afterAll(() => server.close());

const forgot = (email: string) => auth(server, 'forgot-password', { email });
const reset = (token: string, word: string) =>
  auth(server, 'reset-password', { token, new_password: word });
const change = (key: string, current: string, next: string) =>
  server.ask('POST', '/api/v1/auth/change-password', {
    key,
    body: { current_password: current, new_password: next },
  });

describe('a new password by mail', () => {
  it('works once, and ends every session', async () => {
    const email = 'once@example.com';
    const { access } = await register(server, email);
    await forgot(email);
    const token = await mailedToken(server.dataDir, 'reset', email);
    const weak = await reset(token, 'password1');
    expect(weak.body['error']?.['details']).toMatchObject([
      { field: 'new_password', code: 'common' },
    ]);
    expect((await reset(token, 'AnotherPass123')).status).toBe(200);
    expect(await statusOfMe(server, access)).toBe(401);
    const again = await reset(token, 'ThirdPass12345');
    expect(again.status).toBe(422);
    expect(again.body['error']?.['details']).toMatchObject([{ field: 'token', code: 'token' }]);
    expect((await logIn(server, email, 'AnotherPass123')).status).toBe(200);
  });

  it('is used up by one of many at once', async () => {
    const email = 'parallel@example.com';
    await register(server, email);
    await forgot(email);
    const token = await mailedToken(server.dataDir, 'reset', email);
    const words = Array.from({ length: 5 }, (_, index) => `ParallelPass${index}`);
    const replies = await Promise.all(words.map((word) => reset(token, word)));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 422, 422, 422, 422]);
  });

  it('is dead after a change of the password, and after an hour', async () => {
    const email = 'dead@example.com';
    const { access } = await register(server, email);
    await forgot(email);
    const token = await mailedToken(server.dataDir, 'reset', email);
    const verify = await mailedToken(server.dataDir, 'verify', email);
    expect((await change(access, password, 'ChangedPass123')).status).toBe(200);
    expect((await reset(token, 'AnotherPass123')).status).toBe(422);
    expect((await auth(server, 'verify-email', { token: verify })).status).toBe(422);
    await forgot(email);
    const late = await mailedToken(server.dataDir, 'reset', email, 2);
    clock.move(3601);
    expect((await reset(late, 'AnotherPass123')).status).toBe(422);
  });

  it('does not tell whether there is an account, nor mails to anybody else', async () => {
    await register(server, 'known@example.com');
    const [known, unknown] = [
      await forgot('known@example.com'),
      await forgot('unknown@example.com'),
    ];
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    await mailedToken(server.dataDir, 'reset', 'known@example.com');
    expect(mailedTokens(server.dataDir, 'reset', 'unknown@example.com')).toEqual([]);
  });

  it('takes a token for nothing but its purpose', async () => {
    const email = 'purpose@example.com';
    await register(server, email);
    const verify = await mailedToken(server.dataDir, 'verify', email);
    expect((await reset(verify, 'AnotherPass123')).status).toBe(422);
    expect((await auth(server, 'verify-email', { token: verify })).status).toBe(200);
    expect((await auth(server, 'verify-email', { token: verify })).status).toBe(422);
    expect((await logIn(server, email)).body['user']).toMatchObject({ verified: true });
  });
});

it('changes a password by the current one; other sessions end', async () => {
  const email = 'change@example.com';
  const { access } = await register(server, email);
  const other = tokensOf(await logIn(server, email));
  const wrong = await change(access, 'not the password', 'ChangedPass123');
  expect(wrong.status).toBe(422);
  expect(wrong.body['error']?.['details']).toMatchObject([{ field: 'current_password' }]);
  expect((await change(access, password, 'ChangedPass123')).status).toBe(200);
  expect(await statusOfMe(server, access)).toBe(200);
  expect(await statusOfMe(server, other.access)).toBe(401);
  expect((await logIn(server, email)).status).toBe(401);
});

it('refuses what is too short, too common or the address itself', async () => {
  for (const word of ['short', 'password123', 'QWERTYUIOP', 'weak@example.com']) {
    const reply = await auth(server, 'register', { email: 'weak@example.com', password: word });
    expect([reply.status, reply.body['error']?.['details']], word).toMatchObject([
      422,
      [{ field: 'password' }],
    ]);
  }
});

it('logs in with any case of the address, and takes it once in any case', async () => {
  await register(server, 'Case@Example.com');
  expect((await logIn(server, 'case@example.COM')).status).toBe(200);
  const taken = await auth(server, 'register', { email: 'CASE@example.com', password });
  expect([taken.status, taken.body['code']]).toEqual([409, 'CONFLICT']);
});

it('takes the same time and words to refuse a wrong password and an unknown address', async () => {
  // Every try is of another account, so that none of them is slowed down.
  const emails = Array.from({ length: 12 }, (_, index) => `timing${index}@example.com`);
  for (const email of emails) await register(server, email);
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  const texts = new Set<string>();
  for (const email of emails)
    for (const [kind, address] of [
      ['known', email],
      ['unknown', `no-${email}`],
    ] as const) {
      const begun = performance.now();
      const reply = await logIn(server, address, 'WrongPass1234');
      times[kind].push(performance.now() - begun);
      expect(reply.status).toBe(401);
      texts.add(reply.text.replace(/"request_id":"[^"]*"/, ''));
    }
  expect(texts.size).toBe(1);
  const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1] as number;
  // Hashing takes most of the time; without it an unknown address would take a fraction of it.
  const ratio = median(times.unknown) / median(times.known);
  expect(ratio).toBeGreaterThan(0.6);
  expect(ratio).toBeLessThan(1.7);
});
