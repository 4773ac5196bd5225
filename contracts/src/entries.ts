import { z } from 'zod';
import { mutation, query } from './contract.ts';
import type { ErrorCode } from './errors.ts';
import { exampleData } from './examples.ts';
import { filter } from './filters.ts';
import { fields, include } from './projection.ts';
import {
  CollectionRef,
  count,
  cursor,
  EntryId,
  EntryRef,
  expectedVersion,
  Nothing,
  pageOf,
  paging,
  sort,
  Timestamp,
} from './primitives.ts';
import { consistency, search } from './search-words.ts';

export const entriesTag = 'Entries';
const tag = entriesTag;
export const entriesPath = '/api/v1/collections/{collection}/entries';
const entries = entriesPath;

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

export const entriesContracts = {
  list: query({
    method: 'GET',
    path: entries,
    tag,
    summary: 'List entries',
    description:
      'A page of the entries, newest first unless sorted. Give page and per_page, limit and offset, or limit and the cursor of another page. Fields filter by their names (title=Welcome, created_at[gt]=2023-01-01), by filter[title][eq]=Welcome, or by an expression. fields cuts the data down, include puts related entries in the place of their ids.',
    access: { permission: 'content:read', rule: 'list' },
    input: z.strictObject({
      collection: CollectionRef,
      ...paging,
      cursor,
      sort,
      filter,
      search,
      consistency,
      count,
      fields,
      include,
    }),
    output: EntryPage,
    errors: ['NOT_FOUND'],
    status: 200,
    filters: 'bare',
    paged: true,
  }),
  get: query({
    method: 'GET',
    path: `${entries}/{id}`,
    tag,
    summary: 'Get an entry',
    description:
      'One entry by its id, with an ETag. fields cuts the data down, include puts related entries in the place of their ids.',
    access: { permission: 'content:read', rule: 'view' },
    input: z.strictObject({ collection: CollectionRef, id: EntryRef, fields, include }),
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
};
