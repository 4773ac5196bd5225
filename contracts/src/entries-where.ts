import { z } from 'zod';
import { mutation } from './contract.ts';
import { MAX_BULK } from './entries-bulk.ts';
import { entriesContracts, entriesPath as path, entriesTag as tag, written } from './entries.ts';
import type { ErrorCode } from './errors.ts';
import { requiredFilter } from './filters.ts';
import { CollectionRef, EntryId } from './primitives.ts';

/** The most entries that one write by filter may be about. */
export const MAX_AFFECTED = MAX_BULK;

/** Which entries a write is about, and what keeps it from being about more than was meant. */
const where = {
  filter: requiredFilter,
  max_affected: z
    .int({
      error: `Say how many entries may be affected at most: max_affected=1 to ${MAX_AFFECTED}.`,
    })
    .min(1)
    .max(MAX_AFFECTED)
    .meta({ description: 'Nothing is written where more entries match', example: 100 }),
  dry_run: z.boolean().optional().meta({
    description: 'Only try: the reply is what would be affected, and nothing stays of it',
  }),
};

/** What a write by filter did. */
export const AffectedEntries = z
  .object({
    affected: z.int().meta({ description: 'How many entries were written', example: 1 }),
    ids: z.array(EntryId).meta({ description: 'Which, the oldest first' }),
    dry_run: z.boolean().meta({ description: 'True where nothing was written', example: false }),
  })
  .meta({ id: 'AffectedEntries' });
export type AffectedEntries = z.infer<typeof AffectedEntries>;

const rules =
  'A filter of lists is required, in any of its spellings (status=draft, filter[price][lt]=5, filter=price<5&&live=true); sys.id[exists]=true means all. It finds what a list with it would show and the caller may view; where more than max_affected are found it is refused with TOO_MANY_AFFECTED. Found entries are locked, and one that was changed meanwhile so that it no longer matches is left alone. All or nothing: what one entry is refused for refuses all, by its id (ent_….title). Where a collection requires versions (require_if_match) there is bulk, which takes them.';
const errors = [
  'NOT_FOUND',
  'CONFLICT',
  'TOO_MANY_AFFECTED',
  'COLLECTION_ARCHIVED',
  'PRECONDITION_REQUIRED',
] as const satisfies readonly ErrorCode[];

/** All entries that meet a filter, with one request. */
export const whereContracts = {
  updateWhere: mutation({
    method: 'PATCH',
    path,
    tag,
    summary: 'Update entries by a filter',
    description: `Merges the same fields into every entry that meets a filter; null clears a field. ${rules}`,
    access: entriesContracts.update.access,
    input: z.strictObject({ collection: CollectionRef, ...where, ...written }),
    query: Object.keys(where),
    output: AffectedEntries,
    errors: [...errors, 'VALIDATION_ERROR'],
    status: 200,
    body: 'data-or-bare',
    filters: 'bare',
  }),
  deleteWhere: mutation({
    method: 'DELETE',
    path,
    tag,
    summary: 'Delete entries by a filter',
    description: `Deletes every entry that meets a filter. References among them do not matter; others are cleared, deleted along (which is not counted) or in the way as their fields say (on_delete). ${rules}`,
    access: entriesContracts.delete.access,
    input: z.strictObject({ collection: CollectionRef, ...where }),
    output: AffectedEntries,
    errors,
    status: 200,
    filters: 'bare',
  }),
};
