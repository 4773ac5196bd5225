import { type AppError, notFound } from '../../platform/errors/app-error.ts';
import type { CollectionCtx } from '../context.ts';
import { accessTo, refused } from '../policy/access.ts';
import { runOnPartition } from './run.ts';

/**
 * The refusals of changes that a rule forbids, by id: plain where the caller may see the entry, else
 * the very answer for what does not exist.
 */
export async function refuseEntries(
  ctx: CollectionCtx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AppError>> {
  if (ids.length === 0) return new Map();
  const seen = await visibleAmong(ctx, ids);
  return new Map(ids.map((id) => [id, seen.has(id) ? refused(ctx.principal) : notFound()]));
}

async function visibleAmong(
  ctx: CollectionCtx,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const view = accessTo(ctx, ctx.collection, {
    action: 'view',
    permission: 'content:read',
    method: 'GET',
  });
  if (!view) return new Set();
  const { rule, publishedOnly } = view;
  const rows = await runOnPartition<{ entry_id: string }>(
    ctx,
    {
      text: `select entry_id from ${ctx.collection.statements.table}
        where stage = 'current' and entry_id = any($1::text[]) and project_id = $2
        ${publishedOnly ? "and status = 'published'" : ''} ${rule ? `and ${rule.where(3)}` : ''}`,
    },
    [ids, ctx.project.id, ...(rule ? rule.values() : [])],
  );
  return new Set(rows.map((row) => row.entry_id));
}
