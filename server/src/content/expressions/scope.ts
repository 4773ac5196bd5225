import type { Field } from '../fields/field.ts';

/** What an expression needs to know of a collection. */
export interface CollectionShape {
  readonly id: string;
  readonly name: string;
  /** Name of its partition. */
  readonly storage: string;
  readonly fields: readonly Field[];
}

/** Where an expression is used. */
export interface Scope {
  readonly collection: CollectionShape;
  /** Collections that relations point to, by id. */
  find(id: string): CollectionShape | undefined;
  /** Whether hidden fields exist for the writer: they do for rules, not for readers' filters. */
  readonly hiddenFields: boolean;
  /** Whether `@request.…` may be used: in rules alone. */
  readonly request: boolean;
  /** False where only the request may be asked, not the entry: in rules of fields. */
  readonly entry?: false;
  /** False where nothing is sent: in rules for reading a field. */
  readonly sentData?: false;
  /** True refuses a word on the right that names a field too: in a rule it is likely a mistake. */
  readonly strictWords?: boolean;
}
