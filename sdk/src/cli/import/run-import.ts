import { batches, type Batch } from './batches.ts';
import type { Item } from './item.ts';
import { mayBeStored } from './may-be-stored.ts';
import type { OpenCheckpoint } from './open-checkpoint.ts';
import type { Progress } from './progress.ts';
import type { RefusedReport } from './refused-report.ts';
import { type Outcome, type Send, sendBatch } from './send-batch.ts';

export interface ImportJob {
  readonly items: AsyncIterable<Item>;
  readonly checkpoint: OpenCheckpoint;
  readonly report: RefusedReport;
  readonly progress: Progress;
  /** Batches on their way at the same time. */
  readonly concurrency: number;
  readonly send: Send;
  /** Stops sending; what is on its way is waited for. */
  readonly stop: AbortSignal;
}

interface Sent {
  readonly batch: Batch;
  outcome: Outcome | undefined;
}

/**
 * Sends all items in batches and keeps the checkpoint. Batches may end in any order: the position
 * only moves past those before which nothing is open, the others are noted as done ahead of it.
 * Throws what no item is to blame for; the checkpoint then says where to go on.
 */
export async function runImport(job: ImportJob): Promise<void> {
  const { state } = job.checkpoint;
  const doneBefore = new Set(state.ahead);
  const queue: Sent[] = [];
  const open = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;

  const begin = (batch: Batch): void => {
    const sent: Sent = { batch, outcome: undefined };
    queue.push(sent);
    if (doneBefore.has(batch.first)) {
      sent.outcome = nothing;
      return settle(job, queue, sent);
    }
    const sending = sendBatch(batch, (text, key) => job.send(text, `${state.run}.${key}`))
      .then((outcome) => {
        sent.outcome = outcome;
        settle(job, queue, sent);
      })
      .catch((error: unknown) => {
        // The failure that leaves most open is the one to tell.
        if (!failure || mayBeStored(error)) failure = { error };
      })
      .finally(() => open.delete(sending));
    open.add(sending);
  };

  try {
    for await (const batch of batches(job.items, state.batch)) {
      begin(batch);
      if (open.size >= job.concurrency) await Promise.race(open);
      if (failure || job.stop.aborted) break;
    }
  } catch (error) {
    failure ??= { error };
  }
  await Promise.all(open);
  if (failure) throw failure.error;
}

const nothing: Outcome = { imported: 0, updated: 0, refused: [] };

/** Takes a finished batch into the report and the checkpoint. */
function settle(job: ImportJob, queue: Sent[], { batch, outcome }: Sent): void {
  const { state } = job.checkpoint;
  const { imported, updated, refused } = outcome ?? nothing;
  job.report.add(refused);
  state.imported += imported;
  state.updated += updated;
  state.refused += refused.length;
  state.reportBytes = job.report.bytes;
  for (let head = queue[0]; head?.outcome; head = queue[0]) {
    state.position = head.batch.end;
    queue.shift();
  }
  state.ahead = [
    ...state.ahead.filter((first) => first > state.position.line && first !== batch.first),
    ...(queue.some((each) => each.batch === batch) ? [batch.first] : []),
  ];
  job.checkpoint.save();
  job.progress.update(state.position.offset, state.imported + state.updated, state.refused);
}
