import type { EntryStatus } from '@cms/contracts';
import type { CollectionCtx } from '../context.ts';
import type { Reference } from '../fields/field.ts';
import { relationsOf } from '../fields/field.ts';
import { StaleSchemaError } from '../schema/stale-schema.ts';
import { referenceColumns } from './insert.ts';
import type { EntryRow } from './row.ts';
import { refusedWrite } from './write-errors.ts';

/** The next state of an entry that is locked. */
export interface Change {
  readonly id: string;
  readonly status: EntryStatus;
  /** By storage key, whole. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly references: readonly Reference[];
}

const dropReferences = {
  text: 'delete from entry_references where from_entry_id = any($1::text[]) and project_id = $2',
};
const addReferences = {
  text: `insert into entry_references (from_entry_id, field_id, path, to_entry_id, project_id, from_collection_id, to_collection_id, on_delete)
    select f, field, path, t, $2, $1, target, rule
    from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) as r(f, field, path, t, target, rule)`,
};

/**
 * Writes the next versions of locked entries of one collection, each with its event, and replaces their
 * references: as many statements for a thousand as for one. To be called in a transaction. The rows
 * come back in the order of the changes. Throws RefusedWrite as an insert does.
 */
export async function changeEntries(
  ctx: CollectionCtx,
  changes: readonly Change[],
): Promise<EntryRow[]> {
  const { collection, project, principal } = ctx;
  const texts = changes.map(({ data }) => JSON.stringify(data));
  try {
    if (relationsOf(collection.fields).length > 0) await replaceReferences(ctx, changes);
    const columns = [changes.map(({ id }) => id), changes.map(({ status }) => status), texts];
    const { update, updateOne } = collection.statements;
    const many = changes.length > 1;
    const rows = await ctx.sql.rows<Omit<EntryRow, 'data'>>(many ? update : updateOne, [
      collection.id,
      project.id,
      collection.revision,
      ...(many ? columns : columns.flat()),
      ctx.clock.now().toISOString(),
      principal.id,
      ctx.requestId,
      ctx.client.address,
    ]);
    if (rows.length !== changes.length) throw new StaleSchemaError();
    const byId = new Map(rows.map((row) => [row.entry_id, row]));
    return changes.map(({ id }, at) => ({
      ...(byId.get(id) as EntryRow),
      data: texts[at] as string,
    }));
  } catch (error) {
    throw refusedWrite(ctx, error, changes);
  }
}

async function replaceReferences(ctx: CollectionCtx, changes: readonly Change[]): Promise<void> {
  await ctx.sql.rows(dropReferences, [changes.map(({ id }) => id), ctx.project.id]);
  const references = changes.flatMap((change) =>
    change.references.map((each) => ({ from: change.id, ...each })),
  );
  if (references.length === 0) return;
  await ctx.sql.rows(addReferences, [
    ctx.collection.id,
    ctx.project.id,
    ...referenceColumns(references),
  ]);
}
