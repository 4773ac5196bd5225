import { z } from 'zod';
import { mutation, query } from '../contract.ts';
import { bulkContracts, MAX_BULK, mode } from '../entries-bulk.ts';
import { EntryData, EntryStatus, entriesContracts } from '../entries.ts';
import { filter } from '../filters.ts';
import { expand, fields } from '../projection.ts';
import {
  FileText,
  importErrors,
  importOptions,
  ImportReport,
  importRules,
  transferFormats,
} from '../transfers.ts';
import {
  CollectionRef,
  cursor,
  EntryId,
  EntryRef,
  expectedVersion,
  Nothing,
  pageOf,
  paging,
  sort,
  Timestamp,
} from '../primitives.ts';
import { consistency, search } from '../search-words.ts';

const family = 'records';
const tag = 'Records';
const records = '/api/v1/collections/{collection}/records';

/** An entry as document S4 shows it. */
export const Record = z
  .object({
    id: EntryId,
    collection_name: z.string().meta({ example: 'articles' }),
    status: EntryStatus,
    version: z.int(),
    created: Timestamp,
    updated: Timestamp,
    data: EntryData,
    expand: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'The records that were asked for, by relation' }),
  })
  .meta({ id: 'Record' });
export type Record = z.infer<typeof Record>;

const RecordBody = { data: EntryData, status: EntryStatus.optional() };

const recordIds = z.array(EntryRef).min(1).max(MAX_BULK).meta({ description: 'Ids of records' });

/** What came of a bulk request. */
export const RecordsOutcome = z
  .object({
    success: z.int().meta({ description: 'How many records were written' }),
    failed: z.int().meta({ description: 'How many were not: only with mode=partial' }),
    errors: z
      .array(
        z.object({
          record_id: z.string().meta({ example: 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3' }),
          error: z.string().meta({ description: 'What is wrong, in words' }),
          code: z.string().meta({ example: 'NOT_FOUND' }),
        }),
      )
      .nullable(),
  })
  .meta({ id: 'RecordsOutcome' });
export type RecordsOutcome = z.infer<typeof RecordsOutcome>;

/** Entries in the spelling of document S4. */
export const recordsContracts = {
  list: query({
    method: 'GET',
    family,
    tag,
    path: records,
    summary: 'List records',
    description: 'A page of the records, newest first unless sorted.',
    access: entriesContracts.list.access,
    input: z.strictObject({
      collection: CollectionRef,
      page: paging.page,
      per_page: paging.per_page,
      cursor,
      sort,
      filter,
      search,
      consistency,
      fields,
      expand,
      skipTotal: z.boolean().optional().meta({ description: 'Leave total null' }),
    }),
    output: pageOf(Record).meta({ id: 'RecordPage' }),
    errors: ['NOT_FOUND'],
    status: 200,
    paged: true,
  }),
  get: query({
    ...entriesContracts.get,
    family,
    tag,
    path: `${records}/{id}`,
    summary: 'Get a record',
    description: 'One record by its id, with an ETag. expand puts related records beside the data.',
    input: z.strictObject({ collection: CollectionRef, id: EntryRef, fields, expand }),
    output: Record,
  }),
  create: mutation({
    method: 'POST',
    path: records,
    family,
    tag,
    summary: 'Create a record',
    description: 'Creates one record from data.',
    access: entriesContracts.create.access,
    input: z.strictObject({ collection: CollectionRef, ...RecordBody }),
    output: Record,
    errors: entriesContracts.create.errors,
    status: 201,
    location: `${records}/{id}`,
    versioned: true,
  }),
  update: mutation({
    method: 'PATCH',
    path: `${records}/{id}`,
    family,
    tag,
    summary: 'Update a record',
    description: 'Merges data into the record; null clears a field.',
    access: entriesContracts.update.access,
    input: z.strictObject({
      collection: CollectionRef,
      id: EntryRef,
      ...RecordBody,
      data: EntryData.optional(),
      expected_version: expectedVersion,
    }),
    output: Record,
    errors: entriesContracts.update.errors,
    status: 200,
    versioned: true,
  }),
  delete: mutation({
    ...entriesContracts.delete,
    family,
    tag,
    path: `${records}/{id}`,
    summary: 'Delete a record',
    description: 'Deletes one record.',
    output: Nothing,
  }),
  bulkUpdate: mutation({
    method: 'POST',
    path: `${records}/bulk-update`,
    family,
    tag,
    summary: 'Update many records',
    description: `Merges the same data into up to ${MAX_BULK} records, all or none unless mode says otherwise; errors are listed by position (record_ids.2).`,
    access: entriesContracts.update.access,
    input: z.strictObject({
      collection: CollectionRef,
      record_ids: recordIds,
      ...RecordBody,
      data: EntryData.optional(),
      mode,
    }),
    query: ['mode'],
    output: RecordsOutcome,
    errors: bulkContracts.updateMany.errors,
    status: 200,
    bodyLimit: 'bulk',
  }),
  bulkDelete: mutation({
    method: 'POST',
    path: `${records}/bulk-delete`,
    family,
    tag,
    summary: 'Delete many records',
    description: `Deletes up to ${MAX_BULK} records, all or none unless mode says otherwise; errors are listed by position (record_ids.2).`,
    access: entriesContracts.delete.access,
    input: z.strictObject({ collection: CollectionRef, record_ids: recordIds, mode }),
    query: ['mode'],
    output: RecordsOutcome,
    errors: bulkContracts.deleteMany.errors,
    status: 200,
    bodyLimit: 'bulk',
  }),
  exportCsv: query({
    method: 'GET',
    path: `${records}/export/csv`,
    family,
    tag,
    summary: 'Export records to CSV',
    description:
      'All records that the caller may list, oldest first: the columns id, status, created_at and updated_at, then the fields; lists and objects are JSON.',
    access: entriesContracts.list.access,
    input: z.strictObject({ collection: CollectionRef, filter }),
    output: z.string(),
    errors: entriesContracts.list.errors,
    status: 200,
    reply: { csv: transferFormats.csv },
  }),
  importCsv: mutation({
    method: 'POST',
    path: `${records}/import/csv`,
    family,
    tag,
    summary: 'Import records from CSV',
    description: `Creates records from CSV of any length, sent as the part "file" of multipart/form-data. ${importRules}`,
    access: entriesContracts.create.access,
    input: z.strictObject({ collection: CollectionRef, file: FileText, ...importOptions }),
    query: Object.keys(importOptions),
    output: ImportReport,
    errors: importErrors,
    status: 201,
    bodyLimit: 'bulk',
    upload: { csv: transferFormats.csv },
    examples: { body: { file: 'title\nNew Post\n' } },
  }),
};
