import {
  type Column,
  ExpressionError,
  type Fragment,
  type Kind,
  refuseUnordered,
  resolveColumn,
  scalarOf,
  type Scope,
} from '../expressions/index.ts';
import { badAggregate } from './bad-aggregate.ts';

/** A field that is grouped or measured. */
export interface Measured {
  readonly kind: Kind;
  /** SQL over the partition's row. */
  readonly value: Fragment;
}

/** Finds a field with one value that can be compared. Throws INVALID_INPUT that names it and the key. */
export function readColumn(scope: Scope, path: string, key: string): Measured {
  try {
    const column: Column = resolveColumn(scope, path, 0);
    refuseUnordered(column, path, 'one value to compare');
    return { kind: column.kind, value: scalarOf(column) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw badAggregate(key, `Cannot aggregate by "${path.slice(0, 100)}": ${error.message}`);
  }
}

/** Names in either spelling: separated by commas, or a list. */
export const namesOf = (names: string | readonly string[] | undefined): readonly string[] =>
  [names ?? []].flat().flatMap((each) => each.split(',').map((name) => name.trim()));
