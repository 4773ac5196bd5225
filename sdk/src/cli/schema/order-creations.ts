import type { NormalCollection } from './normal-collection.ts';
import { type Creation, targetsOf } from './plan.ts';

/** A collection to create now, and whether some of its relations must be added later. */
export interface CreationStep {
  readonly collection: NormalCollection;
  /** The fields whose relations point to what is there by then. */
  readonly now: NormalCollection['fields'];
  readonly incomplete: boolean;
}

/**
 * Orders new collections so that each comes after those its relations point to. Where they point in
 * a circle, the first is created without the fields that have to wait. Relations to what is neither
 * new nor there are left in: the server says what is wrong with them.
 */
export function orderCreations(creations: readonly Creation[]): CreationStep[] {
  const waiting = new Map(
    creations.map(({ collection }) => [collection.name.toLowerCase(), collection]),
  );
  const steps: CreationStep[] = [];
  while (waiting.size > 0) {
    const unready = ({ name, fields }: NormalCollection) =>
      targetsOf(fields).some(
        (target) =>
          target.toLowerCase() !== name.toLowerCase() && waiting.has(target.toLowerCase()),
      );
    const [first] = waiting.values();
    const next = [...waiting.values()].find((each) => !unready(each)) ?? first;
    if (!next) break;
    const now = next.fields.filter((field) => !unready({ ...next, fields: [field] }));
    waiting.delete(next.name.toLowerCase());
    steps.push({ collection: next, now, incomplete: now.length < next.fields.length });
  }
  return steps;
}
