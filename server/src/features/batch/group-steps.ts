import type { Step } from './step.ts';

/** Steps that are written together: one operation on one collection. */
export type Group = readonly [Step, ...Step[]];

const sameWrite = (one: Step, other: Step): boolean =>
  one.op === other.op && one.opened.collection.id === other.opened.collection.id;

/**
 * Puts steps together that can be written together without a difference: neighbours of one kind on one
 * collection, each entry once; and creates that only other creates are between, after those they refer to.
 */
export function groupSteps(steps: readonly Step[]): Group[] {
  return runsOf(steps).flatMap((run) => (run[0].op === 'create' ? groupCreates(run) : [run]));
}

/** Neighbours in the order of the request: creates of any collections, or one kind on one collection. */
function runsOf(steps: readonly Step[]): Group[] {
  const runs: [Step, ...Step[]][] = [];
  let ids = new Set<string>();
  for (const step of steps) {
    const run = runs.at(-1);
    const joins =
      run !== undefined &&
      (step.op === 'create' ? run[0].op === 'create' : sameWrite(run[0], step)) &&
      !ids.has(step.write.id);
    if (joins) run.push(step);
    else {
      runs.push([step]);
      ids = new Set();
    }
    ids.add(step.write.id);
  }
  return runs;
}

/** By depth, then collection: what is referred to is written before, and the database sees it. */
function groupCreates(run: Group): Group[] {
  const byDepth = run.toSorted((one, other) => one.depth - other.depth || one.index - other.index);
  const key = ({ depth, opened }: Step) => `${depth} ${opened.collection.id}`;
  return [...Map.groupBy(byDepth, key).values()] as unknown as Group[];
}
