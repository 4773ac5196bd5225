import { z } from 'zod';
import { mutation } from './contract.ts';
import { changeErrors, entriesPath, entriesTag, Entry } from './entries.ts';
import { ErrorDetail } from './errors.ts';
import { exampleData } from './examples.ts';
import { CollectionRef, EntryId, EntryRef } from './primitives.ts';

const path = `${entriesPath}/bulk` as const;
const tag = entriesTag;

/** An entry of a bulk request. */
const BulkEntry = z.record(z.string(), z.unknown()).meta({
  id: 'BulkEntry',
  description: "The fields' values themselves, or an object that holds them in data",
  example: exampleData,
});

/** A change of one entry in a bulk request. */
const BulkChange = z.looseObject({ id: EntryRef }).meta({
  id: 'BulkChange',
  description:
    "The entry's id and the fields to merge into it, or an object that holds them in data; expected_version refuses it unless that is its version",
  example: { id: 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3', title: 'Updated Post' },
});

/** The most entries one bulk request may hold. */
export const MAX_BULK = 1000;

/** Whether a bulk request is all or nothing, or does what it can. */
export const mode = z.enum(['all', 'partial']).optional().meta({
  description:
    'all (the default): everything or nothing. partial: what can be done, with what came of each item',
});

export const EntryList = z.object({ items: z.array(Entry) }).meta({ id: 'EntryList' });
export type EntryList = z.infer<typeof EntryList>;

export const DeletedEntries = z
  .object({ deleted: z.int(), ids: z.array(EntryId) })
  .meta({ id: 'DeletedEntries' });
export type DeletedEntries = z.infer<typeof DeletedEntries>;

/** What came of the items of a bulk request with mode=partial. */
export const BulkOutcome = z
  .object({
    items: z.array(
      z.object({
        index: z.int().meta({ description: 'Position in the request, from 0' }),
        status: z
          .int()
          .meta({ description: 'What a request for it alone would answer', example: 201 }),
        entry: Entry.optional().meta({ description: 'As it was written' }),
        id: EntryId.optional().meta({ description: 'Of an entry that was deleted' }),
        error: z
          .object({
            code: z.string().meta({ example: 'VALIDATION_ERROR' }),
            message: z.string(),
            details: z.array(ErrorDetail),
          })
          .optional()
          .meta({ description: 'Why it was refused' }),
      }),
    ),
    succeeded: z.int(),
    failed: z.int(),
  })
  .meta({ id: 'BulkOutcome' });
export type BulkOutcome = z.infer<typeof BulkOutcome>;

const EntryListOrOutcome = z.union([EntryList, BulkOutcome]);

/** Many entries with one request. */
export const bulkContracts = {
  createMany: mutation({
    method: 'POST',
    path,
    tag,
    summary: 'Create many entries',
    description: `Creates up to ${MAX_BULK} entries, all or none; errors are listed by position (entries.3.title). Items are bare fields or hold them in data.`,
    access: { permission: 'content:write', rule: 'create' },
    input: z.strictObject({
      collection: CollectionRef,
      entries: z.array(BulkEntry).min(1).max(MAX_BULK),
      mode,
    }),
    query: ['mode'],
    output: EntryListOrOutcome,
    partial: { whole: EntryList, outcome: BulkOutcome },
    errors: ['NOT_FOUND', 'CONFLICT', 'COLLECTION_ARCHIVED', 'VALIDATION_ERROR'],
    status: 201,
    bodyLimit: 'bulk',
  }),
  updateMany: mutation({
    method: 'PUT',
    path,
    tag,
    summary: 'Update many entries',
    description: `Merges fields into up to ${MAX_BULK} entries, all or none; errors are listed by position (entries.3.title). Items are an id with bare fields, or with data that holds them; expected_version in an item refuses it unless that is its version.`,
    access: { permission: 'content:write', rule: 'update' },
    input: z.strictObject({
      collection: CollectionRef,
      entries: z.array(BulkChange).min(1).max(MAX_BULK),
      mode,
    }),
    query: ['mode'],
    output: EntryListOrOutcome,
    partial: { whole: EntryList, outcome: BulkOutcome },
    errors: [...changeErrors, 'VALIDATION_ERROR'],
    status: 200,
    bodyLimit: 'bulk',
  }),
  deleteMany: mutation({
    method: 'DELETE',
    path,
    tag,
    summary: 'Delete many entries',
    description: `Deletes up to ${MAX_BULK} entries, all or none; errors are listed by position (entry_ids.2). References among them do not matter; others are cleared, deleted along or in the way as their fields say (on_delete).`,
    access: { permission: 'content:write', rule: 'delete' },
    input: z.strictObject({
      collection: CollectionRef,
      entry_ids: z.array(EntryRef).min(1).max(MAX_BULK),
      mode,
    }),
    query: ['mode'],
    output: z.union([DeletedEntries, BulkOutcome]),
    partial: { whole: DeletedEntries, outcome: BulkOutcome },
    errors: [...changeErrors, 'VALIDATION_ERROR'],
    status: 200,
    bodied: true,
    bodyLimit: 'bulk',
  }),
};
