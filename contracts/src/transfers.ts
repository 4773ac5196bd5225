import { z } from 'zod';
import { type Formats, mutation, query } from './contract.ts';
import { entriesPath, entriesTag } from './entries.ts';
import { ErrorDetail } from './errors.ts';
import { mode } from './entries-bulk.ts';
import { filter } from './filters.ts';
import { CollectionRef } from './primitives.ts';

const tag = entriesTag;

export const transferFormats = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
} as const satisfies Formats;

const format = z.enum(['csv', 'ndjson']).optional();

/** A file on its way in: its bytes, and the media type that it says it has. */
export interface FileStream extends AsyncIterable<Uint8Array> {
  readonly mediaType: string;
}

const isFile = (value: unknown): value is string | FileStream =>
  typeof value === 'string' ||
  (typeof value === 'object' && value !== null && Symbol.asyncIterator in value);

/** A file in a body: a stream, or where the body is JSON its text. */
export const FileText = z
  .custom<string | FileStream>(isFile, {
    error: 'Send a file: multipart/form-data with a part "file", or its text',
  })
  .meta({
    description: 'The file; of any length unless it is sent as JSON',
    override: { type: 'string' },
    example: 'title\nNew Post\n',
  });

/** The most refused rows that a report lists, and the most rows of a file with an Idempotency-Key. */
export const MAX_REPORTED = 1000;

/** What came of an import. */
export const ImportReport = z
  .object({
    imported: z.int().meta({ description: 'Entries that were created' }),
    updated: z.int().meta({ description: 'Entries that were changed, by upsert' }),
    skipped: z.int().meta({ description: 'Rows that were refused' }),
    total: z.int().meta({ description: 'All rows that were read' }),
    dry_run: z.boolean().meta({ description: 'True where nothing was kept' }),
    errors: z
      .array(
        ErrorDetail.extend({
          row: z.int().meta({ description: 'Number of the row, from 1 after the header' }),
        }).meta({
          id: 'ImportError',
          example: { row: 7, field: 'title', message: 'Title is required.', code: 'required' },
        }),
      )
      .nullable()
      .meta({ description: `Why rows were refused: the first ${MAX_REPORTED}; null for none` }),
  })
  .meta({
    id: 'ImportReport',
    example: { imported: 1, updated: 0, skipped: 0, total: 1, dry_run: false, errors: null },
  });
export type ImportReport = z.infer<typeof ImportReport>;

/** What may be said of an import, in the query string. */
export const importOptions = {
  upsert: z.string().min(1).max(100).optional().meta({
    description:
      'A unique field, or id: rows whose value an entry has change that entry, others create one',
    example: 'slug',
  }),
  dry_run: z.boolean().optional().meta({
    description: 'Check everything and keep nothing: the report is what would come of it',
  }),
  mode: mode.meta({
    description:
      'partial (the default): rows that are fine are written, in batches, the others reported. all: everything or nothing',
  }),
  map: z
    .record(z.string(), z.string().max(200))
    .optional()
    .meta({
      description:
        'Fields by the columns that hold them: map[Titel]=title; a column that is mapped to nothing is left out',
      param: { style: 'deepObject', explode: true },
    }),
};

export const importErrors = [
  'NOT_FOUND',
  'CONFLICT',
  'COLLECTION_ARCHIVED',
  'VALIDATION_ERROR',
] as const;

/** How rows are read: of every family, since there is one way. */
export const importRules =
  'Columns are fields by name; a relation may be given by a unique field of the other collection (author.slug). The system columns (id, status, created_at, updated_at) are ignored, but for the one that upsert names. An empty cell is null, a quoted empty one an empty text. Rows are written in batches of up to 500, each whole or not at all and in the order of the file: after an interruption the entries of the first batches are there, and the same import with upsert goes on. A file that cannot be read to its end (a quote that is never closed, bytes that are no UTF-8) is refused, unless rows before were written: then it is the last error of the report. A file of up to 1,000 rows may come with an Idempotency-Key: it is one transaction then, and is imported once however often it is sent; that is how `cms import` goes on after an interruption.';

/** Entries as files, in and out, of any length. */
export const transferContracts = {
  export: query({
    method: 'GET',
    path: `${entriesPath}/export`,
    tag,
    summary: 'Export entries',
    description:
      'All entries that the caller may list, or those that a filter picks as in lists, oldest first, as they were at one moment. CSV has the columns id, status, created_at and updated_at, then the fields; lists and objects are JSON. Texts that a spreadsheet would run as a formula begin with an apostrophe, which an import takes away. NDJSON has an entry a line.',
    access: { permission: 'content:read', rule: 'list' },
    input: z.strictObject({
      collection: CollectionRef,
      filter,
      format: format.meta({ description: 'csv, unless the Accept header asks for the other' }),
      relations: z
        .array(z.string().min(1).max(200))
        .max(100)
        .optional()
        .meta({
          description:
            'Relations by a unique field of the other collection instead of ids, as imports elsewhere read them: author.slug, or slug for every relation that can be said so. An entry without such a value keeps its id',
          example: ['author.slug'],
        }),
    }),
    output: z.string(),
    errors: ['NOT_FOUND'],
    status: 200,
    filters: 'bare',
    reply: transferFormats,
  }),
  import: mutation({
    method: 'POST',
    path: `${entriesPath}/import`,
    tag,
    summary: 'Import entries',
    description: `Creates entries from CSV or NDJSON of any length. ${importRules} NDJSON has a JSON object a line: the fields, or an entry that holds them in data; a status that it says is kept.`,
    access: { permission: 'content:write', rule: 'create' },
    input: z.strictObject({
      collection: CollectionRef,
      file: FileText,
      format: format.meta({ description: 'csv, unless the file says that it is the other' }),
      ...importOptions,
    }),
    query: ['format', ...Object.keys(importOptions)],
    output: ImportReport,
    errors: importErrors,
    status: 201,
    bodyLimit: 'bulk',
    upload: transferFormats,
    examples: { body: { file: 'title\nNew Post\n' } },
  }),
};
