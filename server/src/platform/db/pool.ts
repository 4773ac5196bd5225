import pg from 'pg';
import type { Log } from '../log/log.ts';
import { poolSql, type Sql } from './sql.ts';
import { CONNECT_MS, sessionOptions } from './time-limits.ts';

export type { Pool, PoolClient } from 'pg';

/** Name of such connections in `pg_stat_activity`. */
export const backgroundName = 'cms background';

const { DATE, TIMESTAMP, TIMESTAMPTZ } = pg.types.builtins;
const moments: ReadonlySet<number> = new Set([DATE, TIMESTAMP, TIMESTAMPTZ]);

/** Times are left as they are written, as on the ORM's connections. */
const parserOf: typeof pg.types.getTypeParser = (type: number, format?: 'text' | 'binary') =>
  moments.has(type) ? (text: string) => text : pg.types.getTypeParser(type, format as 'text');

export interface PoolOptions {
  /** How its connections are called: those of background work unless said. */
  readonly name?: string;
  /** Seconds that a statement may take; without an end, also to wait for a connection, unless said. */
  readonly statementSeconds?: number;
}

/** Connections for work beside the requests, which neither waits for the other; one that breaks is logged. */
export function openPool(
  url: string,
  max: number,
  log: Log,
  { name = backgroundName, statementSeconds = 0 }: PoolOptions = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: name,
    options: sessionOptions(statementSeconds),
    connectionTimeoutMillis: statementSeconds === 0 ? 0 : CONNECT_MS,
    types: { getTypeParser: parserOf },
  });
  const lost = (error: Error) => log.warn({ err: error }, 'A connection to the database was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}

/** Runs work in one transaction on one connection of a pool. */
export async function withTransaction<T>(
  pool: pg.Pool,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(poolSql(client));
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // Closing it ends the transaction, whatever state it is in.
    client.release(true);
    throw error;
  }
}
