import type { CmsClient } from '../../client.ts';
import { ApiError } from '../../errors.ts';
import { type LiveCollection, allCollections } from '../all-collections.ts';
import { CliFailure, exitCodes } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import { applyPlan } from './apply-plan.ts';
import { describePlan } from './describe-plan.ts';
import { makePlan } from './make-plan.ts';
import { isEmpty } from './plan.ts';
import { readSchemaFile } from './schema-file.ts';

export interface PushOptions {
  readonly dryRun?: true;
  readonly allowDataLoss?: true;
  readonly deleteMissing?: true;
}

/**
 * Shows what makes the server's collections those of the file, and carries it out. Throws CliFailure
 * where values would be lost and that was not allowed.
 */
export async function push(
  client: CmsClient,
  file: string,
  options: PushOptions,
  terminal: Terminal,
): Promise<number> {
  const wanted = await readSchemaFile(file);
  const live = await allCollections(client);
  const plan = makePlan(wanted, live, { deleteMissing: options.deleteMissing ?? false });
  terminal.out(describePlan(plan));
  if (isEmpty(plan)) return exitCodes.done;
  const lost = await entriesIn(client, plan.drop);
  if (options.dryRun) {
    for (const each of lost) terminal.out(`Deleting loses ${each}.`);
    terminal.out('Nothing was changed (--dry-run).');
    return exitCodes.done;
  }
  const allowDataLoss = options.allowDataLoss ?? false;
  if (lost.length > 0 && !allowDataLoss)
    throw refusal(`Deleting would lose ${lost.join(', ')}.`, 'Nothing was changed.');
  const done: string[] = [];
  try {
    await applyPlan(client, plan, { allowDataLoss, done: (what) => done.push(what) });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'CONFIRMATION_REQUIRED') {
      if (done.length > 0) terminal.note(`Done before it failed: ${done.join(', ')}.`);
      throw error;
    }
    const details = error.details.map(({ field, message }) => `\n  ${field}: ${message}`).join('');
    const before = done.length > 0 ? `Done before: ${done.join(', ')}.` : 'Nothing was changed.';
    throw refusal(`Values of entries would be lost:${details}`, before, error);
  }
  terminal.out(`Done: ${done.join(', ')}.`);
  return exitCodes.done;
}

const refusal = (what: string, state: string, cause?: unknown): CliFailure =>
  new CliFailure(`${what}\n${state} Add --allow-data-loss if that is meant.`, exitCodes.refused, {
    cause,
  });

/** The collections that are not empty, with how much they hold. */
async function entriesIn(
  client: CmsClient,
  collections: readonly LiveCollection[],
): Promise<string[]> {
  const counted: string[] = [];
  for (const { name } of collections) {
    const { total } = await client.entries(name).list({ per_page: 1, count: 'exact' });
    if (total !== 0) counted.push(`${total === 1 ? '1 entry' : `${total} entries`} of ${name}`);
  }
  return counted;
}
