import { z } from 'zod';
import { mutation, query } from './contract.ts';
import { type ErrorCode, ErrorDetail } from './errors.ts';
import { exampleData } from './examples.ts';
import {
  CollectionRef,
  count,
  EntryId,
  EntryRef,
  expectedVersion,
  Nothing,
  pageOf,
  paging,
  sort,
  Timestamp,
} from './primitives.ts';

export const entriesTag = 'Entries';
const tag = entriesTag;
const entries = '/api/v1/collections/{collection}/entries';

export const entryStatuses = ['draft', 'published', 'archived'] as const;
export const EntryStatus = z.enum(entryStatuses).meta({
  id: 'EntryStatus',
  description: 'Who has only a public rule sees published entries',
  example: 'published',
});
export type EntryStatus = z.infer<typeof EntryStatus>;

/** The values of an entry's fields, by field name; the collection says which there are. */
export const EntryData = z
  .record(z.string(), z.unknown())
  .meta({ id: 'EntryData', description: "The fields' values", example: exampleData });

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

export const Entry = z
  .object({
    id: EntryId,
    collection: z.string().meta({ description: 'Name of the collection', example: 'articles' }),
    status: EntryStatus,
    version: z.int().meta({ description: 'Counts the writes' }),
    locale: z.string().meta({ example: 'en' }),
    created_at: Timestamp,
    updated_at: Timestamp,
    published_at: Timestamp.nullable(),
    created_by: z.string().nullable().meta({ description: 'Who created it', example: null }),
    updated_by: z.string().nullable().meta({ description: 'Who changed it last', example: null }),
    data: EntryData,
  })
  .meta({ id: 'Entry' });
export type Entry = z.infer<typeof Entry>;

export const EntryPage = pageOf(Entry).meta({ id: 'EntryPage' });

const locale = z
  .string()
  .max(35)
  .optional()
  .meta({ description: 'A locale of the project; its default one where not said', example: 'en' });

/** What any change of an existing entry may meet. */
export const changeErrors = [
  'NOT_FOUND',
  'CONFLICT',
  'COLLECTION_ARCHIVED',
  'PRECONDITION_FAILED',
  'PRECONDITION_REQUIRED',
] as const satisfies readonly ErrorCode[];

/** What a create or a write of a singleton may set. */
export const written = {
  data: EntryData,
  status: EntryStatus.optional(),
  locale,
};

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

export const entriesContracts = {
  list: query({
    method: 'GET',
    path: entries,
    tag,
    summary: 'List entries',
    description:
      'A page of the entries, newest first unless sorted. Give page and per_page, or limit and offset.',
    access: { permission: 'content:read', rule: 'list' },
    input: z.strictObject({ collection: CollectionRef, ...paging, sort, count }),
    output: EntryPage,
    errors: ['NOT_FOUND'],
    status: 200,
    paged: true,
  }),
  get: query({
    method: 'GET',
    path: `${entries}/{id}`,
    tag,
    summary: 'Get an entry',
    description: 'One entry by its id, with an ETag.',
    access: { permission: 'content:read', rule: 'view' },
    input: z.strictObject({ collection: CollectionRef, id: EntryRef }),
    output: Entry,
    errors: ['NOT_FOUND'],
    status: 200,
    versioned: true,
  }),
  create: mutation({
    method: 'POST',
    path: entries,
    tag,
    summary: 'Create an entry',
    description:
      'Creates one entry. A body without a data object is read as the fields themselves. Defaults are filled in, unknown fields refused.',
    access: { permission: 'content:write', rule: 'create' },
    input: z.strictObject({ collection: CollectionRef, ...written }),
    output: Entry,
    errors: ['NOT_FOUND', 'CONFLICT', 'COLLECTION_ARCHIVED', 'VALIDATION_ERROR'],
    status: 201,
    body: 'data-or-bare',
    location: `${entries}/{id}`,
    versioned: true,
  }),
  update: mutation({
    method: 'PATCH',
    path: `${entries}/{id}`,
    also: [{ method: 'PUT', path: `${entries}/{id}` }],
    tag,
    summary: 'Update an entry',
    description:
      'Merges the given fields into the entry; null clears a field. PUT and PATCH do the same. With If-Match the change is refused when somebody else was faster.',
    access: { permission: 'content:write', rule: 'update' },
    input: z.strictObject({
      collection: CollectionRef,
      id: EntryRef,
      data: EntryData.optional(),
      status: EntryStatus.optional(),
      locale,
      expected_version: expectedVersion,
    }),
    output: Entry,
    errors: [...changeErrors, 'VALIDATION_ERROR'],
    status: 200,
    body: 'data-or-bare',
    versioned: true,
  }),
  delete: mutation({
    method: 'DELETE',
    path: `${entries}/{id}`,
    tag,
    summary: 'Delete an entry',
    description:
      'Deletes one entry. References to it are cleared or deleted along as their fields say (on_delete), or the request is refused.',
    access: { permission: 'content:write', rule: 'delete' },
    input: z.strictObject({
      collection: CollectionRef,
      id: EntryRef,
      expected_version: expectedVersion,
    }),
    output: Nothing,
    errors: changeErrors,
    status: 204,
  }),
  createMany: mutation({
    method: 'POST',
    path: `${entries}/bulk`,
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
    path: `${entries}/bulk`,
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
    path: `${entries}/bulk`,
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
