import type { EntryStatus } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import { insertEntries, type NewEntry, type Written } from '../../content/entries/insert.ts';
import { ItemsRefused } from '../../content/entries/items-refused.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { assertMayCreate } from '../../content/policy/assert-may-create.ts';
import type { AppError } from '../../platform/errors/app-error.ts';
import { readDraft, refusedDraft, sentData, type WrittenFields } from './read-draft.ts';

/** One entry to create. */
export interface Creation extends WrittenFields {
  /** Where it is known before. */
  readonly id?: string;
}

/**
 * Creates entries, all or none, in one statement. Throws ItemsRefused with every bad field of every entry, or
 * every one that the caller may not set; RefusedWrite where a unique value is taken, UNAUTHORIZED or FORBIDDEN
 * for who may create nothing.
 */
export async function createEntries(
  ctx: CollectionCtx,
  creations: readonly Creation[],
): Promise<EntryRow[]> {
  const failures = new Map<number, AppError>();
  const entries: NewEntry[] = [];
  for (const [at, creation] of creations.entries()) {
    const draft = readDraft(ctx, creation, (data) => ctx.collection.validator.create(data));
    if (draft.ok)
      entries.push({
        id: creation.id ?? ctx.newId('ent'),
        status: draft.status ?? defaultStatus(ctx),
        data: draft.data,
        references: draft.references,
        sent: sentData(ctx, creation),
      });
    else failures.set(at, refusedDraft(ctx, draft.issues));
  }
  if (failures.size > 0) {
    await assertMayCreate(ctx);
    throw new ItemsRefused(failures);
  }
  return (await insertEntries(ctx, entries)).map((written) => rowOf(ctx, written));
}

const defaultStatus = (ctx: CollectionCtx): EntryStatus => ctx.collection.default_status;

/** What was written, as it would be read back. */
const rowOf = (ctx: CollectionCtx, { id, status, at, text }: Written): EntryRow => ({
  entry_id: id,
  status,
  version: 1,
  created_at: at,
  updated_at: at,
  published_at: status === 'published' ? at : null,
  created_by: ctx.principal.id,
  updated_by: ctx.principal.id,
  data: text,
});
