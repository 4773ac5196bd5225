import type { Log } from '../log/log.ts';

/** Work that no reply waits for. */
export interface Background {
  /** Begins a piece of work; a failure is logged under its name. */
  run(name: string, work: () => Promise<unknown>): void;
  /** Settles when all that was begun has ended. */
  drain(): Promise<void>;
}

/** Runs work beside the requests, in this process. */
export function createBackground(log: Log): Background {
  const running = new Set<Promise<unknown>>();
  return {
    run: (name, work) => {
      const task: Promise<unknown> = work()
        .catch((error: unknown) => log.error({ err: error }, `${name} failed`))
        .finally(() => running.delete(task));
      running.add(task);
    },
    drain: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
