import type { EntryStatus, ErrorDetail } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import { insertEntries, type NewEntry, type Written } from '../../content/entries/insert.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { assertMayCreate } from '../../content/policy/assert-may-create.ts';
import { readDraft, refusedDraft, sentData, type WrittenFields } from './read-draft.ts';

/** One entry to create; the prefix says where it is in the request (`entries.3.`). */
export interface Creation extends WrittenFields {
  readonly prefix: string;
}

/**
 * Creates entries, all or none. Throws VALIDATION_ERROR with every bad field of every entry,
 * FORBIDDEN with every field that the caller may not set, CONFLICT where a unique value is taken.
 */
export async function createEntries(
  ctx: CollectionCtx,
  creations: readonly Creation[],
): Promise<EntryRow[]> {
  const problems: ErrorDetail[] = [];
  const entries: NewEntry[] = [];
  for (const creation of creations) {
    const draft = readDraft(ctx, creation, (data) => ctx.collection.validator.create(data));
    if (draft.ok)
      entries.push({
        id: ctx.newId('ent'),
        status: draft.status ?? defaultStatus(ctx),
        data: draft.data,
        references: draft.references,
        prefix: creation.prefix,
        sent: sentData(ctx, creation),
      });
    else problems.push(...draft.issues);
  }
  if (problems.length > 0) {
    await assertMayCreate(ctx);
    throw refusedDraft(ctx, problems);
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
