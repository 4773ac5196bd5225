import type { CollectionCtx } from '../../content/context.ts';
import { compileOrder } from '../../content/entries/order.ts';
import { type EntryList, readEntries } from '../../content/entries/read.ts';
import { type Page, type PageInput, pageOfInput } from '../../content/entries/page.ts';

export interface ListInput extends PageInput {
  readonly sort?: string | undefined;
  readonly counted: boolean;
  readonly defaultSize: number;
}

/** A page of entries as the caller may see them. Throws INVALID_INPUT for mixed paging or a bad sort. */
export async function listEntries(
  ctx: CollectionCtx,
  input: ListInput,
): Promise<{ page: Page; list: EntryList }> {
  const page = pageOfInput(input, input.defaultSize);
  const order = compileOrder(ctx, input.sort);
  return { page, list: await readEntries(ctx, page, order, input.counted) };
}
