import type { LiveCollection } from '../all-collections.ts';
import { normalCollection, type NormalCollection } from './normal-collection.ts';
import { targetsOf } from './plan.ts';

/** One step of deleting collections: the delete itself, or the cut of relations that form a circle. */
export type DeletionStep =
  | { readonly kind: 'delete'; readonly name: string }
  | { readonly kind: 'cut'; readonly name: string; readonly fields: NormalCollection['fields'] };

/** Orders deletions so that nothing refers to what is deleted; circles are cut open first. */
export function orderDeletions(drop: readonly LiveCollection[]): DeletionStep[] {
  const left = new Map(drop.map((each) => [each.name, normalCollection(each)]));
  const steps: DeletionStep[] = [];
  while (left.size > 0) {
    const referred = (name: string) =>
      [...left.values()].some(
        (other) => other.name !== name && targetsOf(other.fields).includes(name),
      );
    const free = [...left.keys()].find((name) => !referred(name));
    if (free !== undefined) {
      left.delete(free);
      steps.push({ kind: 'delete', name: free });
      continue;
    }
    const [circular] = left.values();
    if (!circular) break;
    const fields = circular.fields.filter((field) =>
      targetsOf([field]).every((to) => !left.has(to)),
    );
    left.set(circular.name, { ...circular, fields });
    steps.push({ kind: 'cut', name: circular.name, fields });
  }
  return steps;
}
