import type { RecordsOutcome } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import type { AppError } from '../../platform/errors/app-error.ts';
import { type Mode, type Place, type Write, writeAll, writePartly } from '../entries/index.ts';

/** Writes records that are named by their ids, as the mode says, and counts as document S4 does. */
export async function writeRecords<R>(
  ctx: CollectionCtx,
  ids: readonly string[],
  mode: Mode,
  write: Write<string, R>,
): Promise<RecordsOutcome> {
  if (mode !== 'partial') {
    await writeAll(ctx, ids, placeOf, write);
    return { success: ids.length, failed: 0, errors: null };
  }
  const outcomes = await writePartly(ctx, ids, write);
  const errors = outcomes.flatMap((outcome, at) =>
    outcome.ok
      ? []
      : [{ record_id: ids[at] as string, error: inWords(outcome.error), code: outcome.error.code }],
  );
  const failed = errors.length;
  return { success: ids.length - failed, failed, errors: failed > 0 ? errors : null };
}

/** All records get the same data, so it is the record that says which field of which is meant. */
function placeOf(index: number): Place {
  const item = `record_ids.${index}`;
  return { item, id: item, field: (name) => (name === 'id' ? item : `${item}.${name}`) };
}

const inWords = ({ message, details }: AppError): string =>
  details.length === 0 ? message : details.map((detail) => detail.message).join(' ');
