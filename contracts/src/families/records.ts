import { z } from 'zod';
import { mutation, query } from '../contract.ts';
import { EntryData, EntryStatus, entriesContracts } from '../entries.ts';
import { filter } from '../filters.ts';
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
  })
  .meta({ id: 'Record' });
export type Record = z.infer<typeof Record>;

const RecordBody = { data: EntryData, status: EntryStatus.optional() };

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
    description: 'One record by its id, with an ETag.',
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
};
