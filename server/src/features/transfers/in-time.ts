import { LONGEST_SILENCE_MS, LONGEST_TRANSACTION_MS } from '../../platform/db/long-transactions.ts';
import { AppError } from '../../platform/errors/app-error.ts';

/**
 * The same items, for a transaction that is open meanwhile. Throws SERVICE_UNAVAILABLE where the sender
 * pauses, or takes longer in all, than a transaction may wait.
 */
export async function* inTime<T>(items: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const iterator = items[Symbol.asyncIterator]();
  const end = Date.now() + LONGEST_TRANSACTION_MS;
  for (;;) {
    const item = await soon(iterator.next());
    if (item.done) return;
    if (Date.now() > end) throw tooSlow();
    yield item.value;
  }
}

async function soon<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(tooSlow()), LONGEST_SILENCE_MS);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const tooSlow = () =>
  new AppError(
    'SERVICE_UNAVAILABLE',
    'The file came too slowly for one transaction, and nothing was kept; without mode=all and dry_run it may take its time.',
  );
