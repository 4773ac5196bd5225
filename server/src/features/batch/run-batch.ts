import type { BatchOperation, BatchReply } from '@cms/contracts';
import { type CollectionCtx, type Ctx, savepoint, transaction } from '../../content/context.ts';
import { ItemsRefused } from '../../content/entries/items-refused.ts';
import { explained } from '../../content/entries/write-errors.ts';
import { undone } from '../../content/undone.ts';
import { listText, objectText, RawJson } from '../../platform/json/raw-json.ts';
import {
  createEntries,
  deleteEntries,
  entryText,
  refusalAt,
  updateEntries,
} from '../entries/index.ts';
import { type Group, groupSteps } from './group-steps.ts';
import { openOperations } from './open-operations.ts';
import { resolveRefs } from './resolve-refs.ts';
import { placeOf, type Step } from './step.ts';

/**
 * Runs operations in one transaction, all or none. Throws what each of them may throw, by its place;
 * of those that are well-formed, the first that fail.
 */
export async function runBatch(
  ctx: Ctx,
  {
    operations,
    dry_run = false,
  }: { operations: readonly BatchOperation[]; dry_run?: boolean | undefined },
): Promise<RawJson<BatchReply>> {
  const opened = await openOperations(ctx, operations);
  const steps = resolveRefs(operations, opened, ctx.newId);
  const texts = await transaction(ctx, (tx) =>
    dry_run ? undone(tx, (inner) => runSteps(inner, steps)) : runSteps(tx, steps),
  );
  const results = operations.map(({ ref = null, op }, index) => {
    const id = (steps[index] as Step).write.id;
    return objectText({ ref, op, id }, 'entry', texts[index] as string);
  });
  return new RawJson(objectText({ dry_run }, 'results', listText(results)));
}

/** The texts of the entries, as each operation left its own. */
async function runSteps(tx: Ctx, steps: readonly Step[]): Promise<string[]> {
  const texts: string[] = [];
  for (const group of groupSteps(steps)) {
    const own = { ...tx, ...group[0].opened };
    for (const [at, text] of (await runGroup(own, group)).entries())
      texts[(group[at] as Step).index] = text;
  }
  return texts;
}

/** Writes a group; why the database refuses it is asked for in its transaction, which knows the others. */
async function runGroup(tx: CollectionCtx, group: Group): Promise<string[]> {
  try {
    return await savepoint(tx, (inner) => writeGroup(inner, group));
  } catch (error) {
    const refusal = await explained(tx.sql, error);
    if (!(refusal instanceof ItemsRefused)) throw refusal;
    throw refusalAt(refusal.failures, (at) => placeOf((group[at] as Step).index));
  }
}

async function writeGroup(tx: CollectionCtx, group: Group): Promise<string[]> {
  const writes = group.map(({ write }) => write);
  if (group[0].op === 'delete') return (await deleteEntries(tx, writes)).map(() => 'null');
  const write = group[0].op === 'create' ? createEntries : updateEntries;
  return (await write(tx, writes)).map((row) => entryText(tx, row));
}
