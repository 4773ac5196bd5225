import { AppError, invalid, notFound } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';
import type { CollectionCtx } from '../context.ts';
import { ownAmong } from '../policy/own-among.ts';
import { refuseEntries } from './refuse-entries.ts';
import type { EntryRow } from './row.ts';
import { runOnPartition } from './run.ts';

/** An entry that is about to be changed or deleted. */
export interface Wanted {
  readonly id: string;
  readonly expectedVersion?: number | undefined;
  /** What the request holds of it, for rules that ask. */
  readonly sent?: Readonly<Record<string, unknown>> | undefined;
}

/** A row, and whether the rule held for it; without a rule it is not asked. */
type LockedRow = EntryRow & { readonly allowed?: boolean };

/**
 * Locks entries until the transaction ends, in the order of their ids whatever the request's, so that
 * no two requests wait for each other. Checks of each that the rule lets the caller change it, which may
 * ask for the data that was sent, and that it is the version the caller expects. Gives, in the order
 * asked, the row or its refusal: NOT_FOUND, UNAUTHORIZED or FORBIDDEN where the caller may see the entry
 * but no more (an author another's), PRECONDITION_FAILED, PRECONDITION_REQUIRED where the collection
 * wants a version, VALIDATION_ERROR for an id that was asked for before.
 */
export async function lockEntries(
  ctx: CollectionCtx,
  wanted: readonly Wanted[],
): Promise<(EntryRow | AppError)[]> {
  // What is no id at all, the database need not be asked for.
  const rows = await lockedRows(
    ctx,
    wanted.filter(({ id }) => isId('ent', id)),
  );
  const byId = new Map(rows.map((row) => [row.entry_id, row]));
  const isReached = await reached(ctx, rows);
  const refused = await refuseEntries(
    ctx,
    rows.filter((row) => row.allowed === false && isReached(row)).map((row) => row.entry_id),
  );
  const seen = new Set<string>();
  return wanted.map(({ id, expectedVersion }) => {
    if (seen.has(id)) return twice();
    seen.add(id);
    const row = byId.get(id);
    if (!row || (ctx.publishedOnly && row.status !== 'published')) return notFound();
    if (!isReached(row))
      return new AppError('FORBIDDEN', 'You may change and delete only what you created.');
    return refused.get(id) ?? wrongVersion(ctx, row, expectedVersion) ?? row;
  });
}

async function lockedRows(ctx: CollectionCtx, wanted: readonly Wanted[]): Promise<LockedRow[]> {
  const { rule, project } = ctx;
  const { lock, lockOne, lockBy } = ctx.collection.statements;
  const ids = wanted.map(({ id }) => id);
  if (ids.length === 0) return [];
  if (!rule)
    return ids.length > 1
      ? runOnPartition(ctx, lock, [ids, project.id])
      : runOnPartition(ctx, lockOne, [ids[0], project.id]);
  const sent = wanted.map(({ sent = {} }) => rule.sent(sent));
  return runOnPartition(ctx, lockBy(rule), [ids, project.id, sent, ...rule.valuesWithout()]);
}

/** Tells what is another's where the caller may change only its own. */
async function reached(
  ctx: CollectionCtx,
  rows: readonly EntryRow[],
): Promise<(row: EntryRow) => boolean> {
  if (!ctx.ownOnly) return () => true;
  const creators = rows.map((row) => row.created_by);
  const own = await ownAmong(ctx, creators);
  return (row) => own.has(row.created_by);
}

function wrongVersion(
  { collection }: CollectionCtx,
  row: EntryRow,
  expected: number | undefined,
): AppError | undefined {
  if (expected === undefined)
    return collection.options.require_if_match ? new AppError('PRECONDITION_REQUIRED') : undefined;
  if (expected === row.version) return undefined;
  const message = `It is at version ${row.version}.`;
  return new AppError('PRECONDITION_FAILED', undefined, {
    details: [{ field: 'expected_version', message, code: 'version' }],
  });
}

const twice = () =>
  invalid([{ field: 'id', message: 'This entry is in the request already.', code: 'duplicate' }]);
