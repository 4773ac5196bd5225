import type { AffectedEntries } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import { assertMayCreate } from '../../content/policy/assert-may-create.ts';
import { readDraft, refusedDraft, type WrittenFields } from './read-draft.ts';
import { updateEntries } from './update-entries.ts';
import { type Where, writeWhere } from './write-where.ts';

/** Merges the same fields into all entries that meet a filter, all or none. */
export async function updateWhere(
  ctx: CollectionCtx,
  { data, status, locale, ...where }: Where & WrittenFields,
): Promise<AffectedEntries> {
  const written = { data, status, locale };
  await assertValid(ctx, written);
  return writeWhere(ctx, where, (tx, ids) =>
    updateEntries(
      tx,
      ids.map((id) => ({ id, ...written })),
    ),
  );
}

/**
 * What is wrong with the data is wrong for every entry, and said once: but for fields that are readonly,
 * which may be set to what they hold.
 */
async function assertValid(ctx: CollectionCtx, written: WrittenFields): Promise<void> {
  const draft = readDraft(ctx, written, (data) => ctx.collection.validator.update({}, data));
  const issues = draft.ok ? [] : draft.issues.filter(({ code }) => code !== 'readonly');
  if (issues.length === 0) return;
  await assertMayCreate(ctx);
  throw refusedDraft(ctx, issues);
}
