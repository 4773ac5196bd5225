import type { Batch } from './batches.ts';
import type { Sifted } from './checkpoint.ts';
import type { Item } from './item.ts';
import { isAboutContent, readRefusal } from './read-refusal.ts';

/** How a batch is sent, and where its state is kept before anything is sent by it. */
export interface Sending {
  /** Creates all of the items or none; a repeated key creates nothing anew. */
  create(items: readonly Item[], key: string): Promise<void>;
  /** Writes the state down; after a kill `known` is what was written last. */
  remember(first: number, sifted: Sifted): void;
  readonly known: Sifted | undefined;
}

/** How a batch ended: how many were created, and the others with the reasons. */
export interface Outcome {
  readonly imported: number;
  readonly refused: readonly { readonly item: Item; readonly reasons: readonly string[] }[];
}

/** Batches with more bad lines than are found in so many rounds are sent line by line. */
const MAX_ROUNDS = 4;

/**
 * Creates the items of a batch but those that the server refuses. Every key stands for one body:
 * the state is written down before a smaller batch is sent, so that a second run sends the same again
 * and the server answers what it answered before.
 */
export async function sendBatch(batch: Batch, sending: Sending): Promise<Outcome> {
  let sifted = sending.known ?? unreadable(batch.items);
  for (;;) {
    const together = batch.items.filter(
      ({ line }) => sifted.refused[line] === undefined && !sifted.apart.includes(line),
    );
    if (together.length === 0) break;
    try {
      await sending.create(together, `${batch.first}.${sifted.attempt}`);
      break;
    } catch (error) {
      if (!isAboutContent(error)) throw error;
      sifted = siftedBy(error, together, sifted);
      sending.remember(batch.first, sifted);
    }
  }
  const alone = batch.items.filter(({ line }) => sifted.apart.includes(line));
  const refused = { ...sifted.refused };
  for (const item of alone) {
    const reasons = await refusalOf(item, sending);
    if (reasons) refused[item.line] = reasons;
  }
  return outcomeOf(batch, refused);
}

/** Lines that are no entries are refused without asking. */
const unreadable = (items: readonly Item[]): Sifted => ({
  attempt: 0,
  apart: [],
  refused: Object.fromEntries(
    items.flatMap(({ line, entry, problem = 'Unreadable.' }) => (entry ? [] : [[line, [problem]]])),
  ),
});

function siftedBy(
  error: Parameters<typeof readRefusal>[0],
  sent: readonly Item[],
  before: Sifted,
): Sifted {
  const attempt = before.attempt + 1;
  if (attempt >= MAX_ROUNDS)
    return { ...before, attempt, apart: [...before.apart, ...sent.map(({ line }) => line)] };
  const { refused, doubtful } = readRefusal(error, sent.length);
  const lineOf = (index: number) => sent[index]?.line ?? 0;
  return {
    attempt,
    apart: [...before.apart, ...doubtful.map((index) => lineOf(index))],
    refused: {
      ...before.refused,
      ...Object.fromEntries([...refused].map(([index, reasons]) => [lineOf(index), reasons])),
    },
  };
}

async function refusalOf(item: Item, sending: Sending): Promise<readonly string[] | undefined> {
  try {
    await sending.create([item], `${item.line}.alone`);
    return undefined;
  } catch (error) {
    if (!isAboutContent(error)) throw error;
    return readRefusal(error, 1).refused.get(0) ?? [error.message];
  }
}

function outcomeOf({ items }: Batch, reasons: Sifted['refused']): Outcome {
  const refused = items.flatMap((item) => {
    const why = reasons[item.line];
    return why === undefined ? [] : [{ item, reasons: why }];
  });
  return { imported: items.length - refused.length, refused };
}
