import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movableClock } from './accounts.ts';
import { type Reply, rootKey, startTestServer, type TestServer } from './harness.ts';
import { apiKeys, makeKey, statuses, until } from './keys.ts';

/** From where and how often a key may be used; all servers count together. */
const clock = movableClock();
let server: TestServer;
let second: TestServer;
beforeAll(async () => {
  server = await startTestServer({ clock });
  second = await startTestServer({ clock, databaseUrl: server.databaseUrl });
  await server.ask('POST', '/api/v1/collections', { body: { name: 'posts' } });
});
afterAll(async () => {
  await second.close();
  await server.close();
});

const posts = '/api/v1/collections/posts/entries';
const use = (key: string, at = server, headers = {}) => at.ask('GET', posts, { key, headers });
const many = (count: number, key: string) =>
  Promise.all(Array.from({ length: count }, (_, index) => use(key, index % 2 ? server : second)));
const passed = (replies: readonly Reply[]) => replies.filter(({ status }) => status === 200).length;
/** To the start of the next day, so that no window ends in the middle of a test. */
const nextDay = () => clock.move(86_400 - ((clock.now().getTime() / 1000) % 86_400));

describe('allowed addresses', () => {
  it('are ranges of both families, and single addresses', async () => {
    for (const [allowed_ips, status] of [
      [['127.0.0.0/8'], 200],
      [['127.0.0.1'], 200],
      [['10.0.0.0/8', '::1', '127.0.0.1/32'], 200],
      [['10.0.0.0/8'], 403],
      [['::1', '2001:db8::/32'], 403],
    ] as const) {
      const { key } = await makeKey(server, { allowed_ips });
      const reply = await use(key);
      expect([reply.status, reply.status === 403 ? reply.body['code'] : null]).toEqual([
        status,
        status === 403 ? 'FORBIDDEN' : null,
      ]);
    }
    for (const bad of ['127.0.0.1/33', 'localhost', '300.1.1.1', '2001:db8::/129', ''])
      expect((await makeKey(server, { allowed_ips: [bad] })).reply.status).toBe(422);
  });

  it('are not got around by a header, unless a trusted proxy sends it', async () => {
    const { key } = await makeKey(server, { allowed_ips: ['203.0.113.0/24'] });
    const forged = { 'x-forwarded-for': '203.0.113.7', 'x-real-ip': '203.0.113.7' };
    expect((await use(key, server, forged)).status).toBe(403);
    const behind = await startTestServer({
      clock,
      databaseUrl: server.databaseUrl,
      config: { trustProxy: 1 },
    });
    expect((await use(key, behind, forged)).status).toBe(200);
    // Whoever is before the proxy adds to the left; the proxy's own word is the last.
    const longer = { 'x-forwarded-for': '203.0.113.7, 198.51.100.1' };
    expect((await use(key, behind, longer)).status).toBe(403);
    await behind.close();
  });

  it('bind both doors, and a refusal is written down', async () => {
    const { id, key } = await makeKey(server, { allowed_ips: ['10.0.0.0/8'] });
    const input = encodeURIComponent(JSON.stringify({ collection: 'posts' }));
    expect((await server.ask('GET', `/trpc/entries.list?input=${input}`, { key })).status).toBe(
      403,
    );
    expect((await server.ask('GET', '/api/v1/openapi.json', { key })).status).toBe(403);
    const written = await until(
      () => server.ask('GET', `/api/v1/audit?user_id=${id}`),
      ({ body }) => body['total'] === 2,
    );
    expect(written.body['items']).toMatchObject([
      { outcome: 'denied', ip_address: '127.0.0.1' },
      { outcome: 'denied', ip_address: '127.0.0.1' },
    ]);
  });
});

describe('limits', () => {
  it('let exactly as many of fifty at once pass, on two servers', async () => {
    nextDay();
    const { key } = await makeKey(server, { limits: { per_minute: 20 } });
    const replies = await many(50, key);
    expect(passed(replies)).toBe(20);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(30);
    clock.move(60);
    expect(passed(await many(50, key))).toBe(20);
  });

  it('say what is left, and when there is more', async () => {
    nextDay();
    const { key } = await makeKey(server, { limits: { per_minute: 2, per_hour: 100 } });
    clock.move(15);
    const first = await use(key);
    const reset = String(Math.floor(clock.now().getTime() / 1000) + 45);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': reset,
      'ratelimit-policy': '"per_minute";q=2;w=60, "per_hour";q=100;w=3600',
      ratelimit: '"per_minute";r=1;t=45, "per_hour";r=99;t=3585',
    });
    await use(key);
    const refused = await use(key, second, { origin: 'https://app.example.com' });
    expect([refused.status, refused.body['code']]).toEqual([429, 'RATE_LIMITED']);
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '45',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': reset,
    });
    expect(refused.headers.get('access-control-expose-headers')).toContain('X-RateLimit-Remaining');
    const without = await server.ask('GET', posts, { key: (await makeKey(server, {})).key });
    expect([...without.headers.keys()].filter((name) => name.includes('ratelimit'))).toEqual([]);
  });

  it('that are full cost the others nothing', async () => {
    nextDay();
    const { key } = await makeKey(server, { limits: { per_minute: 1, total: 3 } });
    for (let minute = 0; minute < 3; minute += 1) {
      expect(statuses([await use(key), await use(key), await use(key)])).toEqual([200, 429, 429]);
      clock.move(60);
    }
    const ended = await use(key);
    expect([ended.status, ended.body['error']?.['message']]).toEqual([
      429,
      'This key was used as often as it ever may be; make or ask for another.',
    ]);
    expect(Number(ended.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('begin anew with the hour and the day, and go on with a higher total', async () => {
    nextDay();
    const limits = { per_hour: 1, per_day: 2, total: 3 };
    const { id, key } = await makeKey(server, { limits });
    const found: number[] = [];
    for (const seconds of [0, 3600, 3600, 86_400, 3600]) {
      clock.move(seconds);
      found.push((await use(key)).status);
    }
    expect(found).toEqual([200, 200, 429, 200, 429]);
    await server.ask('PATCH', `${apiKeys}/${id}`, { body: { limits: { total: 4 } } });
    expect(statuses([await use(key), await use(key)])).toEqual([200, 429]);
    await server.ask('PATCH', `${apiKeys}/${id}`, { body: { limits: {} } });
    expect((await use(key)).status).toBe(200);
  });

  it('count every call of a tRPC batch, and tell it so', async () => {
    nextDay();
    const { key } = await makeKey(server, { limits: { per_minute: 3 } });
    const one = { collection: 'posts' };
    const input = encodeURIComponent(JSON.stringify({ 0: one, 1: one, 2: one, 3: one, 4: one }));
    const names = Array(5).fill('entries.list').join(',');
    const batch = await server.ask('GET', `/trpc/${names}?batch=1&input=${input}`, { key });
    const replies = batch.body as unknown as { result?: object; error?: object }[];
    expect(replies.filter(({ result }) => result)).toHaveLength(3);
    expect(replies.filter(({ error }) => error)).toHaveLength(2);
    const refused = await server.ask(
      'GET',
      `/trpc/entries.list?input=${encodeURIComponent(JSON.stringify(one))}`,
      { key },
    );
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  });

  it('are whole numbers of at least one', async () => {
    for (const limits of [{ per_minute: 0 }, { per_hour: 1.5 }, { total: '5' }, { per_week: 1 }])
      expect((await makeKey(server, { limits })).reply.status).toBe(422);
  });
});

it('asks the database nothing for a known key without limits, and once for one with', async () => {
  const free = await makeKey(server, {});
  const limited = await makeKey(server, { limits: { per_day: 100 } });
  for (const { key } of [free, limited]) await use(key);
  const { pool } = server.app.services.database;
  const original = pool.query.bind(pool);
  let statements = 0;
  pool.query = ((...parameters: Parameters<typeof original>) => {
    // What was used is written beside, once a second.
    const { text } = parameters[0] as unknown as { text: string };
    if (!text.includes('api_key_uses')) statements += 1;
    return original(...parameters);
  }) as typeof pool.query;
  const counted = async (key: string) => {
    statements = 0;
    await server.ask('GET', `${posts}?count=none`, { key });
    return statements;
  };
  const mistyped = free.key.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'));
  const found = {
    root: await counted(rootKey),
    free: await counted(free.key),
    limited: await counted(limited.key),
    mistyped: await counted(mistyped),
    other: await counted('no key at all'),
  };
  pool.query = original;
  expect(found).toEqual({ root: 1, free: 1, limited: 2, mistyped: 0, other: 0 });
});
