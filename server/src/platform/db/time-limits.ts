import type { Sql } from './sql.ts';

/** How long a connection is waited for. */
export const CONNECT_MS = 10_000;

/**
 * Options of a connection on which no statement runs longer than so many seconds, nor waits longer than half
 * of that for what others hold: a few slow questions would otherwise take all connections. Zero is no limit.
 */
export function sessionOptions(statementSeconds: number): string {
  const milliseconds = statementSeconds * 1000;
  // Times are read and written in UTC, whatever the server's own zone is.
  return `-c timezone=UTC -c statement_timeout=${milliseconds} -c lock_timeout=${milliseconds / 2}`;
}

const unlimited = { text: 'set local statement_timeout = 0' };

/**
 * Lets the rest of a transaction run as long as it takes, for work that grows with what is stored: an index
 * is built, all rows of a collection are written. Waiting for locks stays limited, since others queue behind.
 */
export const withoutTimeLimit = (sql: Sql): Promise<unknown> => sql.rows(unlimited, []);

/** A statement that ran too long, which PostgreSQL stopped. */
export const STOPPED = '57014';
/** A lock that was not to be had in time. */
export const LOCKED = '55P03';

/** Whether a connection was not to be had in time: the driver says so in words alone. */
export const isPoolTimeout = (error: unknown): boolean =>
  error instanceof Error && error.message === 'timeout exceeded when trying to connect';
