import type { BatchOperation, ErrorDetail } from '@cms/contracts';
import type { Opened } from '../../content/policy/open-collection.ts';
import { invalid } from '../../platform/errors/app-error.ts';
import type { NewId } from '../../platform/ids/ids.ts';
import { insertIds, isRef } from './insert-ids.ts';
import type { Step } from './step.ts';

interface Known {
  readonly id: string;
  readonly depth: number;
}

/**
 * Makes the ids of what is created and puts ids in place of refs. A ref names an earlier operation, so
 * that there are no circles. Throws VALIDATION_ERROR with every ref that does not, and every second use
 * of a name.
 */
export function resolveRefs(
  operations: readonly BatchOperation[],
  opened: readonly Opened[],
  newId: NewId,
): Step[] {
  const known = new Map<string, Known>();
  const problems: ErrorDetail[] = [];
  const steps = operations.map((operation, index): Step => {
    const place = `operations.${index}.`;
    const own = opened[index] as Opened;
    let depth = 0;
    const idOf = (ref: string, field: string): string => {
      const earlier = known.get(ref);
      depth = Math.max(depth, (earlier?.depth ?? -1) + 1);
      if (!earlier) problems.push(unknownRef(ref, field));
      return earlier?.id ?? '';
    };
    const id = idOfOperation(operation, place, idOf, newId);
    const write =
      operation.op === 'delete' || !operation.data
        ? { ...operation, id }
        : {
            ...operation,
            id,
            data: insertIds(own.collection.fields, operation.data, `${place}data.`, idOf),
          };
    if (operation.ref !== undefined) {
      if (known.has(operation.ref)) problems.push(takenRef(operation.ref, `${place}ref`));
      known.set(operation.ref, { id, depth });
    }
    return { index, op: operation.op, opened: own, write, depth };
  });
  if (problems.length > 0) throw invalid(problems);
  return steps;
}

function idOfOperation(
  operation: BatchOperation,
  place: string,
  idOf: (ref: string, field: string) => string,
  newId: NewId,
): string {
  if (operation.op === 'create') return newId('ent');
  return isRef(operation.id) ? idOf(operation.id.$ref, `${place}id`) : operation.id;
}

const unknownRef = (ref: string, field: string): ErrorDetail => ({
  field,
  message: `There is no earlier operation with the ref "${ref}".`,
  code: 'ref',
});

const takenRef = (ref: string, field: string): ErrorDetail => ({
  field,
  message: `An earlier operation has the ref "${ref}" already.`,
  code: 'duplicate',
});
