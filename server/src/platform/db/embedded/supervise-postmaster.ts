import { setTimeout as delay } from 'node:timers/promises';
import { isPortFree } from './free-port.ts';
import type { Postmaster, PostmasterOptions } from './run-postmaster.ts';
import { runPostmaster } from './run-postmaster.ts';

const FIRST_PORT = 5433;
const LAST_PORT = 5632;
/** Waits before the attempts to restart, in milliseconds: together about 25 s. */
const BACK_OFF_MS = [50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800];
/** A server that ran this long is taken to be healthy: the next crash begins at the shortest wait again. */
const HEALTHY_MS = 60_000;
/** How long processes of a server that was killed may take to leave its shared memory. */
const LEFTOVERS_MS = 10_000;

/** A server that is started again when it crashes. */
export interface SupervisedServer {
  port: number;
  stop(): Promise<void>;
  /** Asks the server to end without waiting, for use while the process exits. */
  signalEnd(): void;
}

/**
 * Starts the server on the first free port from 5433 up and, when it ends without being asked to, logs an error and
 * starts it again on the same port, so that a connection pool recovers by itself. Gives up after nine vain attempts.
 */
export async function supervisePostmaster(
  options: PostmasterOptions & {
    log: { info(message: string): void; error(message: string): void };
  },
): Promise<SupervisedServer> {
  const { log, serverLog } = options;
  const { postmaster: first, port } = await startOnFreePort(options);
  let postmaster = first;
  const stopping = new AbortController();
  const supervision = supervise();

  async function supervise(): Promise<void> {
    let attempt = 0;
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      const how = await postmaster.ended;
      if (stopping.signal.aborted) return;
      if (Date.now() - startedAt > HEALTHY_MS) attempt = 0;
      const lastLines = serverLog.lastLines();
      const saying = lastLines === '' ? '' : ` The last lines of ${serverLog.file}:\n${lastLines}`;
      log.error(`PostgreSQL ended unexpectedly (${how}); starting it again.${saying}`);
      const next = await restart(attempt);
      if (next === undefined) return;
      attempt = next;
      log.info(`PostgreSQL runs again on port ${port}.`);
    }
  }

  /** The number of attempts used up, or undefined when it was given up or stopping began. */
  async function restart(from: number): Promise<number | undefined> {
    for (let attempt = from; attempt < BACK_OFF_MS.length; attempt += 1) {
      await delay(BACK_OFF_MS[attempt], undefined, { signal: stopping.signal }).catch(
        () => undefined,
      );
      if (stopping.signal.aborted) return undefined;
      try {
        postmaster = await runPostmaster(options, port);
        return attempt + 1;
      } catch (error) {
        log.error(error instanceof Error ? error.message : String(error));
      }
    }
    log.error(
      'PostgreSQL keeps failing and is not started again. See its log above, then restart this server.',
    );
    return undefined;
  }

  return {
    port,
    async stop() {
      stopping.abort();
      await postmaster.shutDown();
      // A restart that was under way has been let through: its server is shut down like any other.
      await supervision;
      await postmaster.shutDown();
    },
    signalEnd: () => postmaster.signalEnd(),
  };
}

async function startOnFreePort(
  options: PostmasterOptions,
): Promise<{ postmaster: Postmaster; port: number }> {
  const deadline = Date.now() + LEFTOVERS_MS;
  for (let port = FIRST_PORT; port <= LAST_PORT; port += 1) {
    if (!(await isPortFree(port))) continue;
    for (;;) {
      try {
        return { postmaster: await runPostmaster(options, port), port };
      } catch (error) {
        const words = error instanceof Error ? error.message : '';
        // Somebody took the port since it was looked at: try the next.
        if (words.includes('could not bind')) break;
        const hasLeftovers = words.includes('pre-existing shared memory block');
        if (!hasLeftovers || Date.now() > deadline) throw error;
        await delay(100);
      }
    }
  }
  throw new Error(
    `No port from ${FIRST_PORT} to ${LAST_PORT} of 127.0.0.1 is free for PostgreSQL. Free one, or set DATABASE_URL.`,
  );
}
