import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answering, entry, lost, refusal, reply } from './fake-server.fixture.ts';

const health = reply(200, { status: 'healthy', version: '1', checks: {} });

describe('retries', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Runs the timers until the call has ended, and gives the waits it made. */
  async function settled<T>(
    call: Promise<T>,
  ): Promise<{ value?: T; error?: unknown; waits: number[] }> {
    const waits: number[] = [];
    const state = { ended: false };
    const outcome = call
      .then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      )
      .finally(() => {
        state.ended = true;
      });
    let last = Date.now();
    while (!state.ended) {
      await vi.advanceTimersByTimeAsync(0);
      if (vi.getTimerCount() > 0 && !state.ended) {
        await vi.advanceTimersToNextTimerAsync();
        if (Date.now() > last) waits.push(Date.now() - last);
        last = Date.now();
      }
    }
    return { ...(await outcome), waits };
  }

  it('tries 503 again with growing waits, and gives the answer that comes', async () => {
    const { client, seen } = answering([
      refusal(503, 'SERVICE_UNAVAILABLE'),
      refusal(503, 'X'),
      health,
    ]);
    const { value, waits } = await settled(client.health());
    expect(value).toMatchObject({ status: 'healthy' });
    expect(seen).toHaveLength(3);
    expect(waits[0]).toBeGreaterThanOrEqual(125);
    expect(waits[0]).toBeLessThanOrEqual(251);
    expect(waits[1]).toBeGreaterThanOrEqual(250);
    expect(waits[1]).toBeLessThanOrEqual(501);
  });

  it('waits as long as Retry-After says, in seconds or as a date', async () => {
    vi.setSystemTime(new Date('2026-11-20T10:00:00Z'));
    const { client } = answering([
      refusal(429, 'RATE_LIMITED', { 'retry-after': '7' }),
      refusal(429, 'RATE_LIMITED', { 'retry-after': 'Fri, 20 Nov 2026 10:00:20 GMT' }),
      health,
    ]);
    const { waits } = await settled(client.health());
    expect(waits[0]).toBeGreaterThanOrEqual(7000);
    expect(waits[0]).toBeLessThan(7300);
    expect((waits[0] ?? 0) + (waits[1] ?? 0)).toBeGreaterThanOrEqual(20_000);
  });

  it('does not wait for an hour, but says how long the server asked for', async () => {
    const { client, seen } = answering([refusal(429, 'RATE_LIMITED', { 'retry-after': '3600' })]);
    await expect(client.health()).rejects.toMatchObject({ status: 429, retryAfter: 3600 });
    expect(seen).toHaveLength(1);
  });

  it('gives up after the retries it was given', async () => {
    const { client, seen } = answering([refusal(503, 'SERVICE_UNAVAILABLE')], { retries: 2 });
    const { error } = await settled(client.health());
    expect(error).toMatchObject({ name: 'ApiError', status: 503, requestId: 'req_1' });
    expect(seen).toHaveLength(3);
  });

  it('sends a lost POST again with the same key, and another POST with another', async () => {
    const created = reply(201, entry({ title: 'A' }));
    const { client, seen } = answering([lost('ECONNRESET'), refusal(502, 'X'), created]);
    await settled(client.entries('posts').create({ title: 'A' }));
    await settled(client.entries('posts').create({ title: 'A' }));
    const keys = seen.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).toBe(keys[0]);
    expect(keys[3]).not.toBe(keys[0]);
    expect(seen[2]?.body).toEqual({ data: { title: 'A' } });
  });

  it('uses the idempotency key of the caller', async () => {
    const { client, seen } = answering([reply(201, entry({}))]);
    await client.entries('posts').create({}, { idempotencyKey: 'mine' });
    expect(seen[0]?.headers.get('idempotency-key')).toBe('mine');
  });

  it('asks again while its first attempt is still running', async () => {
    const { client, seen } = answering([
      lost('ECONNRESET'),
      refusal(409, 'CONFLICT', { 'retry-after': '1' }),
      reply(201, entry({ title: 'A' })),
    ]);
    const { value } = await settled(client.entries('posts').create({ title: 'A' }));
    expect(value?.data).toEqual({ title: 'A' });
    expect(seen).toHaveLength(3);
  });

  it('takes a conflict of values for what it is', async () => {
    const details = [{ field: 'slug', message: 'Taken.', code: 'unique' }];
    const { client, seen } = answering([refusal(409, 'CONFLICT', {}, details)]);
    await expect(client.entries('posts').create({})).rejects.toMatchObject({
      code: 'CONFLICT',
      details,
    });
    expect(seen).toHaveLength(1);
  });

  it('does not repeat an update that may have happened', async () => {
    const { client, seen } = answering([lost('ECONNRESET')]);
    await expect(client.entries('posts').update('a', {})).rejects.toMatchObject({
      name: 'NetworkError',
      code: 'UNREACHABLE',
    });
    expect(seen).toHaveLength(1);
  });

  it('repeats an update that never reached the server', async () => {
    const { client, seen } = answering([lost('ECONNREFUSED'), reply(200, entry({}))]);
    await settled(client.entries('posts').update('a', {}));
    expect(seen).toHaveLength(2);
  });

  it('counts a reply that breaks off as a lost connection', async () => {
    const broken = () => {
      const body = new ReadableStream({
        pull: (controller) => controller.error(lost('UND_ERR_SOCKET')),
      });
      return new Response(body, { headers: { 'content-type': 'application/json' } });
    };
    const { client, seen } = answering([broken, health]);
    const { value } = await settled(client.health());
    expect(value).toMatchObject({ status: 'healthy' });
    expect(seen).toHaveLength(2);
  });

  it('stops waiting when the caller aborts', async () => {
    const { client, seen } = answering([
      refusal(503, 'SERVICE_UNAVAILABLE', { 'retry-after': '30' }),
    ]);
    const stop = new AbortController();
    const call = client.health({ signal: stop.signal });
    const ended = call.catch((error: unknown) => error);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    stop.abort(new Error('enough'));
    expect(await ended).toMatchObject({ message: 'enough' });
    expect(seen).toHaveLength(1);
  });
});
