import { prepared, type Sql } from '../db/sql.ts';

/** A failed job is tried again this often, over about three days. */
const MAX_ATTEMPTS = 20;

const add = prepared(
  `select graphile_worker.add_job($1, $2::json, run_at => $3::timestamptz, max_attempts => $4, job_key => $5)`,
);

export interface JobOptions {
  /** Not before then; as soon as it is committed where not said. */
  readonly runAt?: Date;
  /** Of jobs with one key only the last waits to be run. */
  readonly key?: string;
}

/**
 * Adds a job to the queue, in the transaction of what it follows from: it is run, on any server, once
 * that has committed, and again until it succeeds. A job may be run twice after a crash. Payloads
 * are stored as they are: they carry ids, never secrets.
 */
export async function addJob(
  sql: Sql,
  name: string,
  payload: object,
  { runAt, key }: JobOptions = {},
): Promise<void> {
  const at = runAt?.toISOString() ?? null;
  await sql.rows(add, [name, JSON.stringify(payload), at, MAX_ATTEMPTS, key ?? null]);
}
