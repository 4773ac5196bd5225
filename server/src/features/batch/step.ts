import type { BatchOperation } from '@cms/contracts';
import type { Opened } from '../../content/policy/open-collection.ts';
import type { Place, Update } from '../entries/index.ts';

/** An operation of a batch that is ready to run: its collection is open, its refs are ids. */
export interface Step {
  readonly index: number;
  readonly op: BatchOperation['op'];
  readonly opened: Opened;
  /** What is to be written; of a create the id is made already, of a delete only the id is read. */
  readonly write: Update;
  /** How many steps must come before it: those of the entries that it refers to. */
  readonly depth: number;
}

/** Where an operation is in the request. */
export function placeOf(index: number): Place {
  const item = `operations.${index}`;
  return {
    item,
    id: `${item}.id`,
    field: (name) =>
      name === 'expected_version' ? `${item}.expected_version` : `${item}.data.${name}`,
  };
}
