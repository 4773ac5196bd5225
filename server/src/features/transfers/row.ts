import type { EntryStatus, ErrorDetail } from '@cms/contracts';
import type { LookupColumn } from './columns.ts';

/** One row of a file, as it was read. */
export interface Row {
  /** Its number, from 1; a header is none. */
  readonly row: number;
  /** Values by the field's name. */
  readonly data: Record<string, unknown>;
  /** The entry's status, where the file is to say it. */
  readonly status?: EntryStatus;
  /** Relations that are named by another field than the id, still to be looked up. */
  readonly lookups: readonly Lookup[];
  /** The value that says which entry it is about; undefined without upsert. */
  readonly key: unknown;
  /** What is wrong with it already. */
  readonly problems: readonly ErrorDetail[];
  /** Characters of its text, about. */
  readonly length: number;
}

export interface Lookup {
  readonly column: LookupColumn;
  /** One value, or where the relation holds many a list. */
  readonly values: readonly unknown[];
}
