import type { CollectionCtx } from '../context.ts';
import type { Order } from '../entries/order.ts';
import type { Fragment } from '../expressions/index.ts';
import type { Field, FieldOf } from '../fields/field.ts';
import type { Shape } from '../fields/shape.ts';

/** What is shown of the entries of one collection. */
export interface Plan {
  /** The collection, opened to the caller. */
  readonly ctx: CollectionCtx;
  /** The fields that were chosen; undefined for all that the caller may read. */
  readonly shown: readonly Field[] | undefined;
  /** How stored data becomes these fields. */
  readonly shape: Shape;
  readonly includes: readonly Included[];
}

/** A relation whose entries come along. */
export interface Included {
  /** What it is called where it is shown. */
  readonly name: string;
  readonly field: FieldOf<'relation'>;
  /** Whether the data of the entries with the relation are flat, so that their texts need no parsing. */
  readonly flat: boolean;
  /** True for the entries whose relation points here, instead of those that it points to. */
  readonly back: boolean;
  /** Undefined where the caller may not look into that collection: its ids stay. */
  readonly plan: Plan | undefined;
  /** Which of them, where not all; of what leads to many alone. */
  readonly choice: Choice | undefined;
}

export interface Choice {
  readonly filter: Fragment | undefined;
  /** Undefined for the order of the relation itself; of those that point here the newest first. */
  readonly order: Order | undefined;
  /** Entries for each that they belong to. */
  readonly limit: number | undefined;
}
