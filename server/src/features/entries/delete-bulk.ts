import type { BulkOutcome, DeletedEntries } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import type { RawJson } from '../../platform/json/raw-json.ts';
import { deleteEntries } from './delete-entries.ts';
import { idPlace } from './places.ts';
import { type Mode, outcomeReply } from './write-bulk.ts';
import { writeAll, writePartly } from './write-items.ts';

/** Deletes many entries as the mode says. */
export async function deleteBulk(
  ctx: CollectionCtx,
  { entry_ids, mode }: { readonly entry_ids: readonly string[]; readonly mode?: Mode },
): Promise<DeletedEntries | RawJson<BulkOutcome>> {
  const deletions = entry_ids.map((id) => ({ id }));
  if (mode === 'partial')
    return outcomeReply(await writePartly(ctx, deletions, deleteEntries), (id, index) =>
      JSON.stringify({ index, status: 204, id }),
    );
  const ids = await writeAll(ctx, deletions, idPlace('entry_ids'), deleteEntries);
  return { deleted: ids.length, ids };
}
