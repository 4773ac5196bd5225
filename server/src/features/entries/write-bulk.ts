import type { BulkOutcome, EntryList } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { listText, objectText, RawJson } from '../../platform/json/raw-json.ts';
import { entryText } from './entry.mapper.ts';
import type { Place } from './places.ts';
import { type Outcome, type Write, writeAll, writePartly } from './write-items.ts';

export type Mode = 'all' | 'partial' | undefined;

/** Creates or changes many entries as the mode says; `status` is what a request for one would answer. */
export async function writeBulk<T>(
  ctx: CollectionCtx,
  items: readonly T[],
  write: Write<T, EntryRow>,
  { mode, status, placeOf }: { mode: Mode; status: number; placeOf: (index: number) => Place },
): Promise<RawJson<EntryList | BulkOutcome>> {
  if (mode === 'partial')
    return outcomeReply(await writePartly(ctx, items, write), (row, index) =>
      objectText({ index, status }, 'entry', entryText(ctx, row)),
    );
  const rows = await writeAll(ctx, items, placeOf, write);
  return new RawJson(objectText({}, 'items', listText(rows.map((row) => entryText(ctx, row)))));
}

/** The reply of mode=partial: each item with what came of it, in the order of the request. */
export function outcomeReply<R>(
  outcomes: readonly Outcome<R>[],
  textOf: (value: R, index: number) => string,
): RawJson<BulkOutcome> {
  const items = outcomes.map((outcome, index) => {
    if (outcome.ok) return textOf(outcome.value, index);
    const { status, code, message, details } = outcome.error;
    return JSON.stringify({ index, status, error: { code, message, details } });
  });
  const succeeded = outcomes.filter(({ ok }) => ok).length;
  const failed = outcomes.length - succeeded;
  return new RawJson(objectText({ succeeded, failed }, 'items', listText(items)));
}
