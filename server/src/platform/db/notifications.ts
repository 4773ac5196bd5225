import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log/log.ts';

const RETRY_MS = 1000;

export interface Notifications {
  close(): Promise<void>;
}

export interface Listener {
  readonly channel: string;
  /** Called with each notification's payload. */
  readonly onMessage: (payload: string) => void;
  /** Called after every connect: notifications may have been missed before it. */
  readonly onConnect: () => void;
}

/**
 * Listens on PostgreSQL channels over a connection of its own, and connects again when that breaks.
 * Notifications are only a wake-up: whoever listens reads the truth from the tables.
 */
export async function listen(
  url: string,
  listeners: readonly Listener[],
  log: Log,
): Promise<Notifications> {
  const stop = new AbortController();
  let client: pg.Client | undefined;

  const connect = async (): Promise<void> => {
    client = new pg.Client({ connectionString: url, keepAlive: true });
    const broken = new Promise<void>((resolve) => {
      client?.on('error', () => resolve()).on('end', () => resolve());
    });
    client.on('notification', ({ channel, payload }) =>
      listeners.find((each) => each.channel === channel)?.onMessage(payload ?? ''),
    );
    await client.connect();
    for (const { channel } of listeners)
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    for (const { onConnect } of listeners) onConnect();
    void broken.then(() => (stop.signal.aborted ? undefined : reconnect()));
  };

  const reconnect = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await delay(RETRY_MS, undefined, { ref: false });
      if (stop.signal.aborted) return;
      try {
        await connect();
        return;
      } catch (error) {
        log.warn({ err: error }, 'Waiting for the database to listen for changes');
      }
    }
  };

  await connect();
  return {
    close: async () => {
      stop.abort();
      await client?.end();
    },
  };
}
