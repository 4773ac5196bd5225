import { z } from 'zod';
import { mutation, query } from '../contract.ts';
import { EntryData, EntryStatus, entriesContracts } from '../entries.ts';
import { bracketFilter } from '../filters.ts';
import { fields, include } from '../projection.ts';
import {
  CollectionRef,
  EntryId,
  EntryRef,
  expectedVersion,
  paging,
  sort,
  Timestamp,
} from '../primitives.ts';
import { consistency, search } from '../search-words.ts';

const family = 'models';
const tag = 'Models';
const entries = '/api/models/{modelKey}/entries';
const modelKey = CollectionRef.meta({ description: 'Id or name of the collection' });

const tenantId = z
  .string()
  .meta({ description: 'Id of the project', example: 'proj_01kaj5cz5rf4q9t2jw2hq5m8e3' });
const shownKey = z.string().meta({ description: 'Name of the collection', example: 'articles' });

/** An entry as document S3 shows it. */
export const ModelEntry = z
  .object({
    id: EntryId,
    tenantId,
    modelKey: shownKey,
    status: EntryStatus,
    version: z.int(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    data: EntryData,
  })
  .meta({ id: 'ModelEntry' });
export type ModelEntry = z.infer<typeof ModelEntry>;

const One = z.object({ data: ModelEntry }).meta({ id: 'ModelEntryReply' });

export const ModelEntryPage = z
  .object({
    data: z.array(ModelEntry),
    meta: z.object({
      tenantId,
      modelKey: shownKey,
      page: z.int(),
      pageSize: z.int().meta({ example: 25 }),
      total: z.int(),
      totalPages: z.int(),
      sort: z.array(z.string()).meta({ example: ['-createdAt'] }),
      filters: z.record(z.string(), z.unknown()),
      search: z.string().nullable().meta({ example: null }),
      fields: z.array(z.string()).nullable().meta({ example: null }),
      include: z.array(z.string()).meta({ example: [] }),
    }),
  })
  .meta({ id: 'ModelEntryPage' });

/** Entries in the spelling of document S3. */
export const modelsContracts = {
  list: query({
    method: 'GET',
    path: entries,
    family,
    tag,
    summary: 'List model entries',
    description: 'A page of the entries, newest first unless sorted.',
    access: entriesContracts.list.access,
    input: z.strictObject({
      modelKey,
      page: paging.page,
      pageSize: paging.per_page.meta({ description: 'Items per page, 25 unless said' }),
      sort: sort.meta({ example: '-createdAt' }),
      filter: bracketFilter,
      consistency,
      search: search.meta({
        description: "Words that the entry has in any of its fields' values; as elsewhere",
        example: 'hello',
      }),
      fields,
      include,
    }),
    output: ModelEntryPage,
    errors: ['NOT_FOUND'],
    status: 200,
    paged: true,
  }),
  get: query({
    method: 'GET',
    path: `${entries}/{id}`,
    family,
    tag,
    summary: 'Get a model entry',
    description: 'One entry by its id, with an ETag.',
    access: entriesContracts.get.access,
    input: z.strictObject({ modelKey, id: EntryRef, fields, include }),
    output: One,
    errors: ['NOT_FOUND'],
    status: 200,
    versioned: true,
  }),
  create: mutation({
    method: 'POST',
    path: entries,
    family,
    tag,
    summary: 'Create a model entry',
    description: 'Creates one entry from data.',
    access: entriesContracts.create.access,
    input: z.strictObject({ modelKey, data: EntryData }),
    output: One,
    errors: entriesContracts.create.errors,
    status: 201,
    location: `${entries}/{id}`,
    versioned: true,
  }),
  update: mutation({
    method: 'PATCH',
    path: `${entries}/{id}`,
    family,
    tag,
    summary: 'Update a model entry',
    description: 'Merges data into the entry; null clears a field.',
    access: entriesContracts.update.access,
    input: z.strictObject({
      modelKey,
      id: EntryRef,
      data: EntryData,
      expected_version: expectedVersion,
    }),
    output: One,
    errors: entriesContracts.update.errors,
    status: 200,
    versioned: true,
  }),
  delete: mutation({
    method: 'DELETE',
    path: `${entries}/{id}`,
    family,
    tag,
    summary: 'Delete a model entry',
    description: 'Deletes one entry and says so.',
    access: entriesContracts.delete.access,
    input: z.strictObject({ modelKey, id: EntryRef, expected_version: expectedVersion }),
    output: z
      .object({ data: z.object({ id: EntryId, deleted: z.literal(true) }) })
      .meta({ id: 'ModelEntryDeleted' }),
    errors: entriesContracts.delete.errors,
    status: 200,
  }),
};
