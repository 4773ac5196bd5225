import { hash } from 'node:crypto';
import type { CollectionCtx } from '../../content/context.ts';
import { readEntry } from '../../content/entries/read.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { compilePlan, type ViewInput } from '../../content/includes/compile-plan.ts';
import { type EntryStyle, showEntries } from '../../content/includes/show-entries.ts';
import type { ReplyHead } from '../../platform/json/raw-json.ts';
import { headOf } from './entry.mapper.ts';

export interface GetInput extends ViewInput {
  readonly id: string;
}

/** One entry by its id, in the style of a document. */
export const getEntry = (ctx: CollectionCtx, { id, ...view }: GetInput, style: EntryStyle) =>
  showOne(ctx, view, style, () => readEntry(ctx, id));

/** One entry, however it is found. Its ETag knows what was chosen of it and what came along. */
export async function showOne(
  ctx: CollectionCtx,
  view: ViewInput,
  style: EntryStyle,
  read: () => Promise<EntryRow>,
): Promise<{ text: string; head: ReplyHead }> {
  const plan = await compilePlan(ctx, view);
  const row = await read();
  const { texts, tag } = await showEntries(ctx, style, [row], plan);
  const head = headOf(ctx, row);
  const etag = tag === undefined ? head.etag : `${head.etag}.${hash('sha1', tag, 'base64url')}`;
  return { text: texts[0] as string, head: { ...head, etag } };
}
