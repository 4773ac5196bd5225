import pg from 'pg';
import type { Log } from '../log/log.ts';

export type { Pool, PoolClient } from 'pg';

/** Connections for a part that must not wait for the requests'; one that breaks is only logged. */
export function openPool(url: string, max: number, log: Log): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max });
  const lost = (error: Error) => log.warn({ err: error }, 'A connection to the database was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}
