import type { CollectionCtx } from '../../content/context.ts';
import { readEntry } from '../../content/entries/read.ts';
import { compilePlan, type ViewInput } from '../../content/includes/compile-plan.ts';
import { type EntryStyle, showEntries } from '../../content/includes/show-entries.ts';
import type { ReplyHead } from '../../platform/json/raw-json.ts';
import { headOf } from './entry.mapper.ts';

export interface GetInput extends ViewInput {
  readonly id: string;
}

/** One entry in the style of a document. Its ETag knows what was chosen of it and what came along. */
export async function getEntry(
  ctx: CollectionCtx,
  input: GetInput,
  style: EntryStyle,
): Promise<{ text: string; head: ReplyHead }> {
  const plan = await compilePlan(ctx, input);
  const row = await readEntry(ctx, input.id);
  const { texts, tag } = await showEntries(ctx, style, [row], plan);
  const head = headOf(ctx, row);
  const etag = tag === undefined ? head.etag : `${head.etag}.${tag}`;
  return { text: texts[0] as string, head: { ...head, etag } };
}
