import { EventEmitter } from 'node:events';
import { Logger, run, type WorkerEvents } from 'graphile-worker';
import { openPool } from '../db/pool.ts';
import type { Log } from '../log/log.ts';
import { Leases } from './leases.ts';

/** What is done for each name of a job; a handler that throws is called again later. */
export type Jobs = Readonly<Record<string, (payload: never) => Promise<void>>>;

export interface Queue {
  /** Takes no new job and settles when the running ones have ended. */
  close(): Promise<void>;
}

/** Jobs that one process runs at a time. */
const CONCURRENCY = 2;
/** One listens, one holds the leases, the others fetch jobs and write down what became of them. */
const POOL_SIZE = CONCURRENCY + 2;
/** How often jobs of the future, and workers that died, are looked for. */
const POLL_MS = 2_000;

/** Begins to run jobs: a notification tells of a new one, on whatever server it was added. */
export async function startQueue(url: string, jobs: Jobs, log: Log): Promise<Queue> {
  // Of its own: two of its connections are never given back, and jobs must not wait for requests.
  const pool = openPool(url, POOL_SIZE, log);
  const leases = new Leases(pool);
  const events: WorkerEvents = new EventEmitter();
  const failed = (what: string) => (error: unknown) => log.warn({ err: error }, what);
  events.on('worker:create', ({ worker }) => {
    leases.hold(worker.workerId).catch(failed('A worker of the queue could not say that it lives'));
  });
  events.on('job:failed', ({ job, error }) =>
    log.error(
      { err: error, job: job.task_identifier, attempts: job.attempts },
      'A job has failed for good',
    ),
  );
  const runner = await run({
    pgPool: pool,
    taskList: jobs as Record<string, (payload: unknown) => Promise<void>>,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    events,
    parsedCronItems: [],
    logger: loggerOf(log),
  });
  const releaseDead = () =>
    leases.releaseDead().catch(failed('Jobs of workers that died could not be freed'));
  await releaseDead();
  const timer = setInterval(releaseDead, POLL_MS);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await runner.stop();
      await leases.close();
      await pool.end();
    },
  };
}

/** The queue's own lines: what goes wrong is a warning, the rest is for those who look closely. */
const loggerOf = (log: Log): Logger =>
  new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn(`Queue: ${message}`);
    else log.debug(`Queue: ${message}`);
  });
