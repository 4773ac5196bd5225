import type { Field } from '../fields/field.ts';
import type { Fragment } from './fragment.ts';

/** What an expression needs to know of a collection. */
export interface CollectionShape {
  readonly id: string;
  readonly name: string;
  /** Name of its partition. */
  readonly storage: string;
  readonly fields: readonly Field[];
}

/** A relation, and the collection whose entries point by it. */
export interface BackShape {
  readonly collection: CollectionShape;
  readonly field: Field;
}

/** Where an expression is used. */
export interface Scope {
  readonly collection: CollectionShape;
  /** Collections that relations point to, by id. */
  find(id: string): CollectionShape | undefined;
  /**
   * What of another collection's entries may be looked into: SQL on a row under an alias, undefined for
   * everything, null for nothing. Rules, which lack it, look into everything.
   */
  open?(collection: CollectionShape, alias: string): Fragment | null | undefined;
  /** The relation that `posts_via_author` means, of readers' filters. Rules, which lack it, know none. */
  back?(collection: CollectionShape, name: string): BackShape | undefined;
  /** Whether a field exists for the writer, of readers' filters and sorts. Rules, which lack it, know all. */
  reads?(collection: CollectionShape, field: Field): boolean;
  /** Whether `@request.…` may be used: in rules alone. */
  readonly request: boolean;
  /** False where only the request may be asked, not the entry: in rules of fields. */
  readonly entry?: false;
  /** False where nothing is sent: in rules for reading a field. */
  readonly sentData?: false;
  /** True refuses a word on the right that names a field too: in a rule it is likely a mistake. */
  readonly strictWords?: boolean;
}
