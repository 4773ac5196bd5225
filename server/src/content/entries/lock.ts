import type { Statement } from '../../platform/db/sql.ts';
import { AppError, notFound } from '../../platform/errors/app-error.ts';
import type { CollectionCtx } from '../context.ts';
import type { BoundRule } from '../policy/bound-rule.ts';
import { ownAmong } from '../policy/own-among.ts';
import { refuseEntry } from './refuse-entry.ts';
import type { EntryRow } from './row.ts';
import { runOnPartition } from './run.ts';

/** A row, and whether the rule held for it; without a rule it is not asked. */
type LockedRow = EntryRow & { readonly allowed?: boolean };

/**
 * Locks an entry until the transaction ends and checks that the rule lets the caller change it, which
 * may ask for the data that was sent, and that it is the version the caller expects. Throws NOT_FOUND,
 * UNAUTHORIZED or FORBIDDEN where the caller may see the entry but no more (an author another's), PRECONDITION_FAILED, or
 * PRECONDITION_REQUIRED where the collection wants one.
 */
export async function lockEntry(
  ctx: CollectionCtx,
  id: string,
  expectedVersion: number | undefined,
  sent?: Readonly<Record<string, unknown>>,
): Promise<EntryRow> {
  const { rule } = ctx;
  const { lock } = ctx.collection.statements;
  const [row] = await runOnPartition<LockedRow>(ctx, rule ? withRule(lock, rule) : lock, [
    id,
    ctx.project.id,
    ...(rule ? rule.values(sent) : []),
  ]);
  if (!row || (ctx.publishedOnly && row.status !== 'published')) throw notFound();
  if (ctx.ownOnly && !(await ownAmong(ctx, [row.created_by])).has(row.created_by))
    throw new AppError('FORBIDDEN', 'You may change and delete only what you created.');
  if (row.allowed === false) throw await refuseEntry(ctx, id);
  if (expectedVersion === undefined && ctx.collection.options.require_if_match)
    throw new AppError('PRECONDITION_REQUIRED');
  if (expectedVersion !== undefined && expectedVersion !== row.version)
    throw new AppError('PRECONDITION_FAILED', undefined, {
      details: [
        { field: 'expected_version', message: `It is at version ${row.version}.`, code: 'version' },
      ],
    });
  return row;
}

/** The rule is asked of the very state that is locked. */
const withRule = ({ text }: Statement, rule: BoundRule): Statement => ({
  text: text.replace(' from ', () => `, (${rule.where(3)}) is true as allowed from `),
});
