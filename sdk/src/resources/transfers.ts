import type { components } from '../schema.d.ts';
import { serializeQuery } from '../http/serialize-query.ts';
import type { Transport } from '../transport.ts';

export type ImportReport = components['schemas']['ImportReport'];

export type TransferFormat = 'csv' | 'ndjson';

/** A file: in one piece, or as a stream of any length. */
export type FileBody = string | Blob | ReadableStream<Uint8Array>;

interface TransferOptions {
  readonly format?: TransferFormat;
  readonly signal?: AbortSignal;
}

export interface ExportOptions extends TransferOptions {
  /** Relations by a unique field instead of ids, for another instance: `author.slug`, or `slug` for all. */
  readonly relations?: readonly string[];
}

export interface ImportOptions extends TransferOptions {
  /** A unique field, or `id`: rows whose value an entry has change that entry. */
  readonly upsert?: string;
  /** Check everything and keep nothing. */
  readonly dryRun?: boolean;
  /** `partial` (the default) writes the rows that are fine; `all` everything or nothing. */
  readonly mode?: 'all' | 'partial';
  /** Fields by the columns that hold them; a column that is mapped to nothing is left out. */
  readonly map?: Readonly<Record<string, string>>;
  /**
   * Imports a file of up to 1,000 rows once, however often it is sent with this key; in one piece it is
   * then sent again by itself.
   */
  readonly idempotencyKey?: string;
}

export interface TransfersResource {
  /** All entries that you may list, as CSV unless said, while the server makes it. Nothing is retried. */
  export(options?: ExportOptions): Promise<ReadableStream<Uint8Array>>;
  /**
   * Creates, and with `upsert` changes, entries from CSV unless said. Without a key it is sent once and
   * takes as long as it takes: after an interruption send it again with `upsert`.
   */
  import(file: FileBody, options?: ImportOptions): Promise<ImportReport>;
}

const mediaTypes = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;

/** Entries of a collection as files. Every call throws ApiError, or TypeError where there is no answer. */
export function transfersResource(transport: Transport, collection: string): TransfersResource {
  const root = `/api/v1/collections/${encodeURIComponent(collection)}/entries`;
  return {
    export: async ({ format = 'csv', relations, signal } = {}) => {
      const path = `${root}/export?${serializeQuery({ format, relations: relations?.join(',') })}`;
      const { body } = await transport.stream(path, signal ? { signal } : {});
      return body ?? new Blob([]).stream();
    },
    import: async (file, { format = 'csv', signal, dryRun, idempotencyKey, ...options } = {}) => {
      const query = serializeQuery({ format, dry_run: dryRun, ...options });
      const response = await transport.stream(`${root}/import?${query}`, {
        method: 'POST',
        body: file,
        headers: {
          'Content-Type': mediaTypes[format],
          ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
        },
        ...(file instanceof ReadableStream ? { duplex: 'half' } : {}),
        ...(signal ? { signal } : {}),
      });
      return (await response.json()) as ImportReport;
    },
  };
}
