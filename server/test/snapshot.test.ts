import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { LONGEST_SILENCE_MS, takeLongPlace } from '../src/platform/db/long-transactions.ts';
import { openPool, type Pool } from '../src/platform/db/pool.ts';
import { readSnapshot } from '../src/platform/db/snapshot.ts';
import type { Sql } from '../src/platform/db/sql.ts';
import { createLog } from '../src/platform/log/log.ts';
import { cloneDatabase } from './harness.ts';

/** Reads that last: they see one moment, and hold their connection no longer than somebody reads. */
let pool: Pool;
beforeAll(async () => {
  pool = openPool(await cloneDatabase(), 4, createLog('json', 'silent'));
  await pool.query('create table numbers (n int)');
  await pool.query('insert into numbers values (1)');
});
afterEach(() => void vi.useRealTimers());
afterAll(() => pool.end());

async function* counts(sql: Sql): AsyncGenerator<number> {
  for (let step = 0; step < 3; step += 1) {
    const [row] = await sql.rows<{ n: number }>(
      { text: 'select count(*)::int n from numbers' },
      [],
    );
    yield row?.n ?? 0;
  }
}

it('sees the database as it was at the first step', async () => {
  const seen: number[] = [];
  for await (const count of readSnapshot(pool, counts)) {
    seen.push(count);
    await pool.query('insert into numbers values (1)');
  }
  expect(new Set(seen).size).toBe(1);
  expect(pool.totalCount - pool.idleCount).toBe(0);
});

it('takes one at a time of four connections, and its place back from who stops reading', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const stalled = readSnapshot(pool, counts);
  await stalled.next();
  expect(() => takeLongPlace(pool)).toThrow('already');
  await vi.advanceTimersByTimeAsync(LONGEST_SILENCE_MS);
  expect(pool.totalCount - pool.idleCount).toBe(0);
  takeLongPlace(pool)();
  await expect(stalled.next()).rejects.toThrow('too slow');
});

it('gives everything back when the reader leaves', async () => {
  const left = readSnapshot(pool, counts);
  await left.next();
  await left.return();
  expect(pool.totalCount - pool.idleCount).toBe(0);
  takeLongPlace(pool)();
});
