import type { Pool, PoolClient } from '../db/pool.ts';

/** First half of the advisory lock's key that stands for a living worker. */
const LEASES = 7316490;

const hold = 'select pg_advisory_lock_shared($1, hashtext($2))';
const release = `
  with dead as (
    select locked_by from (
      select distinct locked_by from graphile_worker._private_jobs where locked_by is not null
    ) as holders
    where pg_try_advisory_xact_lock(${LEASES}, hashtext(locked_by))
  )
  select graphile_worker.force_unlock_workers(array_agg(locked_by)) from dead having count(*) > 0`;

/**
 * Says that this process's workers live, by locks that PostgreSQL drops with the connection, however
 * it ends: the jobs of a worker that died are free for others at once, not after hours.
 */
export class Leases {
  readonly #pool: Pool;
  readonly #workers = new Set<string>();
  #client: Promise<PoolClient> | undefined;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async hold(workerId: string): Promise<void> {
    this.#workers.add(workerId);
    const client = await this.#connect();
    await client.query(hold, [LEASES, workerId]);
  }

  /** Frees the jobs of workers that are no more, after making sure that ours are known to live. */
  async releaseDead(): Promise<void> {
    await this.#connect();
    await this.#pool.query(release);
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    this.#workers.clear();
    // Ended, not given back: its locks must go.
    client?.release(true);
  }

  #connect(): Promise<PoolClient> {
    this.#client ??= this.#open().catch((error: unknown) => {
      this.#client = undefined;
      throw error;
    });
    return this.#client;
  }

  async #open(): Promise<PoolClient> {
    const client = await this.#pool.connect();
    client.once('error', () => {
      // One that was closed meanwhile is released already.
      if (!this.#client) return;
      this.#client = undefined;
      client.release(true);
    });
    for (const id of this.#workers) await client.query(hold, [LEASES, id]);
    return client;
  }
}
