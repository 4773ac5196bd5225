import { afterEach, beforeEach, expect, it } from 'vitest';
import { auth, logIn, movableClock, register } from './accounts.ts';
import { type Reply, startTestServer, type TestServer } from './harness.ts';

/** Guessing is slowed down by account and by address, on all servers together. */
let clock = movableClock();
let server: TestServer;
beforeEach(async () => {
  clock = movableClock();
  server = await startTestServer({ clock });
});
afterEach(() => server.close());

const wrong = 'WrongPass1234';
const statuses = (replies: readonly Reply[]) => replies.map(({ status }) => status);

async function times(count: number, work: (index: number) => Promise<Reply>): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (let index = 0; index < count; index += 1) replies.push(await work(index));
  return replies;
}

it('slows guesses at one account down, and its owner gets in after the wait', async () => {
  await register(server, 'owner@example.com');
  expect(statuses(await times(11, () => logIn(server, 'owner@example.com', wrong)))).toEqual(
    Array(11).fill(401),
  );
  const slowed = await logIn(server, 'OWNER@example.com');
  expect([slowed.status, slowed.body['code']]).toEqual([429, 'RATE_LIMITED']);
  const wait = Number(slowed.headers.get('retry-after'));
  expect(wait).toBeGreaterThanOrEqual(1);
  clock.move(wait);
  expect((await logIn(server, 'owner@example.com')).status).toBe(200);
  // A login that succeeds starts afresh.
  expect(statuses(await times(10, () => logIn(server, 'owner@example.com', wrong)))).toEqual(
    Array(10).fill(401),
  );
});

it('doubles the wait, to a minute at most for an account', async () => {
  const waits: number[] = [];
  for (let index = 0; index < 30 && waits.length < 9; index += 1) {
    const reply = await logIn(server, 'nobody@example.com', wrong);
    if (reply.status !== 429) continue;
    waits.push(Number(reply.headers.get('retry-after')));
    clock.move(waits.at(-1) ?? 0);
  }
  expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60, 60]);
});

it('counts many guesses at once, and those on another server', async () => {
  const second = await startTestServer({ clock, databaseUrl: server.databaseUrl });
  const replies = await Promise.all(
    Array.from({ length: 24 }, (_, index) =>
      logIn(index % 2 ? server : second, 'busy@example.com', wrong),
    ),
  );
  expect(replies.filter(({ status }) => status === 401)).toHaveLength(11);
  expect(replies.filter(({ status }) => status === 429)).toHaveLength(13);
  await second.close();
});

const from = (index: number) => ({ 'x-forwarded-for': `203.0.113.${index}` });
const guess = (index: number) =>
  auth(server, 'login', { email: `victim${index}@example.com`, password: wrong }, from(index));

it('is not evaded by an X-Forwarded-For that nobody vouches for', async () => {
  const replies = await times(34, guess);
  expect(statuses(replies).slice(0, 31)).toEqual(Array(31).fill(401));
  expect(statuses(replies).slice(31)).toEqual([429, 429, 429]);
});

it('tells clients behind a trusted proxy apart, by what that proxy saw', async () => {
  await server.close();
  server = await startTestServer({ clock, config: { trustProxy: 1 } });
  expect(statuses(await times(34, guess))).toEqual(Array(34).fill(401));
  const forged = (index: number) =>
    auth(
      server,
      'login',
      { email: `other${index}@example.com`, password: wrong },
      { 'x-forwarded-for': `198.51.100.${index}, 203.0.113.200` },
    );
  expect(statuses(await times(34, forged)).slice(31)).toEqual([429, 429, 429]);
});

it('mails only so often, whether there is an account or not', async () => {
  for (const email of ['mailed@example.com', 'unknown@example.com']) {
    if (email.startsWith('mailed')) await register(server, email);
    const replies = await times(5, () => auth(server, 'forgot-password', { email }));
    expect(statuses(replies)).toEqual([200, 200, 200, 200, 429]);
  }
});

it('slows wrong current passwords of a change down', async () => {
  const { access } = await register(server, 'changer@example.com');
  const replies = await times(12, () =>
    server.ask('POST', '/api/v1/auth/change-password', {
      key: access,
      body: { current_password: wrong, new_password: 'AnotherPass123' },
    }),
  );
  expect(statuses(replies).slice(10)).toEqual([422, 429]);
});
