import type { Fragment, Slot } from './fragment.ts';
import type { Kind } from './kinds.ts';
import type { Link } from './links.ts';

/** What a test asks of a column of the entry itself, for an index that reads no SQL. */
export interface Asks {
  /** Id of the field, or `sys.` and the name of a system column; of a part of a component, several ids. */
  readonly column: string;
  readonly kind: Kind;
  /** Of several values, or of a list, one has to be equal. */
  readonly is: 'present' | '=' | '>' | '>=' | '<' | '<=';
  readonly slots: readonly Slot[];
}

/** A test that is false of null, so that its exact complement is easy to say. */
export interface Test {
  readonly kind: 'test';
  readonly links: readonly Link[];
  /** What is tested, as SQL: never null where the test holds. */
  readonly value: Fragment;
  /** Holds: true; does not: false or null. */
  readonly holds: Fragment;
  /** The exact complement where there are no links, never null. */
  readonly fails: Fragment;
  readonly asks?: Asks | undefined;
}

/** A checked expression: every name is known, every value of the right type. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly items: readonly Condition[] }
  | { readonly kind: 'not'; readonly item: Condition }
  | Test;

export const all = (...items: Condition[]): Condition => ({ kind: 'all', items });
export const any = (...items: Condition[]): Condition => ({ kind: 'any', items });
export const not = (item: Condition): Condition => ({ kind: 'not', item });
