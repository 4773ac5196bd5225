import { type Ctx, savepoint } from './context.ts';

/** Ends work that is not to stay. */
class Undone extends Error {}

/** Does work and undoes it; what it gave is what would have come of it. To be called in a transaction. */
export async function undone<C extends Ctx, T>(tx: C, work: (inner: C) => Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined;
  try {
    return await savepoint(tx, async (inner) => {
      result = { value: await work(inner) };
      throw new Undone();
    });
  } catch (error) {
    if (error instanceof Undone && result) return result.value;
    throw error;
  }
}
