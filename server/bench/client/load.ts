import { Connection } from './connection.ts';

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Of every request, in milliseconds, sorted. */
  readonly latencies: Float64Array;
}

/** Parallel connections to one server. */
export interface Load {
  /** Sends `next` requests on all connections for that long, then waits for the last replies. */
  run(milliseconds: number, next: () => string): Promise<LoadResult>;
  close(): void;
}

/** Opens the connections. What is run throws at the first reply that is no 2xx. */
export async function openLoad(
  port: number,
  connections: number,
  signal: AbortSignal,
): Promise<Load> {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  const close = () => open.forEach((connection) => connection.close());
  return {
    close,
    run: async (milliseconds, next) => {
      const latencies: number[] = [];
      const start = performance.now();
      const end = start + milliseconds;
      const drive = async (connection: Connection) => {
        for (let sent = performance.now(); sent < end;) {
          const reply = await connection.send(next());
          const now = performance.now();
          latencies.push(now - sent);
          sent = now;
          if (reply.status < 200 || reply.status > 299)
            throw new Error(`A reply that is no 2xx:\n${reply.start.toString('utf8', 0, 2000)}`);
          signal.throwIfAborted();
        }
      };
      await Promise.all(open.map(drive));
      const seconds = (performance.now() - start) / 1000;
      return {
        requests: latencies.length,
        seconds,
        latencies: Float64Array.from(latencies).toSorted(),
      };
    },
  };
}
