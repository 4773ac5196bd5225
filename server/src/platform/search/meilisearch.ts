import { Meilisearch, MeilisearchApiError } from 'meilisearch';

export type { Meilisearch as MeiliClient, Settings as IndexSettings } from 'meilisearch';

export interface MeiliOptions {
  readonly url: string;
  readonly apiKey: string | undefined;
}

/** Two ways to the same server: readers do not wait long, who feeds it does. */
export interface Meili {
  readonly reads: Meilisearch;
  readonly writes: Meilisearch;
}

const READ_TIMEOUT_MS = 2_000;
const WRITE_TIMEOUT_MS = 60_000;
/** How long Meilisearch may take for a task, and how often it is asked. */
const TASK_TIMEOUT_MS = 10 * 60_000;
const TASK_POLL_MS = 20;

/** A Meilisearch server; nothing is asked of it until it is used. */
export function openMeilisearch({ url, apiKey }: MeiliOptions): Meili {
  const clientOf = (timeout: number) =>
    new Meilisearch({
      host: url,
      timeout,
      ...(apiKey === undefined ? {} : { apiKey }),
      defaultWaitOptions: { timeout: TASK_TIMEOUT_MS, interval: TASK_POLL_MS },
    });
  return { reads: clientOf(READ_TIMEOUT_MS), writes: clientOf(WRITE_TIMEOUT_MS) };
}

/** True for the answer that there is no such index. */
export const isMissingIndex = (error: unknown): boolean =>
  error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found';

/** Waits for a task. Throws where it failed. */
export async function done(task: { waitTask(): Promise<FinishedTask> }): Promise<void> {
  const { uid, type, status, error } = await task.waitTask();
  if (status !== 'succeeded')
    throw new Error(`Meilisearch's task ${uid} (${type}) is ${status}: ${error?.message ?? ''}`);
}

interface FinishedTask {
  readonly uid: number;
  readonly type: string;
  readonly status: string;
  readonly error: { readonly message: string } | null;
}
