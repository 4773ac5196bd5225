import type { EntryStatus } from '@cms/contracts';
import type { CollectionCtx } from '../context.ts';
import type { Reference } from '../fields/field.ts';
import { relationsOf } from '../fields/field.ts';
import { StaleSchemaError } from '../schema/stale-schema.ts';
import { referenceColumns } from './insert.ts';
import type { EntryRow } from './row.ts';
import { explainWriteError } from './write-errors.ts';

/** The next state of an entry that is locked. */
export interface Change {
  readonly id: string;
  readonly status: EntryStatus;
  /** By storage key, whole. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly references: readonly Reference[];
}

const dropReferences = {
  text: 'delete from entry_references where from_entry_id = $1 and project_id = $2',
};
const addReferences = {
  text: `insert into entry_references (from_entry_id, field_id, path, to_entry_id, project_id, from_collection_id, to_collection_id, on_delete)
    select f, field, path, t, $2, $1, target, rule
    from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) as r(f, field, path, t, target, rule)`,
};

/**
 * Writes the next version of a locked entry with its event, and replaces its references.
 * To be called in a transaction. Throws CONFLICT and VALIDATION_ERROR as a create does.
 */
export async function changeEntry(ctx: CollectionCtx, change: Change): Promise<EntryRow> {
  const { collection, project, principal } = ctx;
  const text = JSON.stringify(change.data);
  try {
    if (relationsOf(collection.fields).length > 0) await replaceReferences(ctx, change);
    const [row] = await ctx.sql.rows<EntryRow>(collection.statements.update, [
      collection.id,
      project.id,
      collection.revision,
      change.id,
      change.status,
      text,
      ctx.clock.now().toISOString(),
      principal.id,
    ]);
    if (!row) throw new StaleSchemaError();
    return { ...row, data: text };
  } catch (error) {
    throw await explainWriteError(ctx, error, [{ ...change, prefix: '' }]);
  }
}

async function replaceReferences(ctx: CollectionCtx, change: Change): Promise<void> {
  await ctx.sql.rows(dropReferences, [change.id, ctx.project.id]);
  if (change.references.length === 0) return;
  await ctx.sql.rows(addReferences, [
    ctx.collection.id,
    ctx.project.id,
    ...referenceColumns(change.references.map((each) => ({ from: change.id, ...each }))),
  ]);
}
