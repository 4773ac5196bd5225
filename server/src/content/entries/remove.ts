import { AppError } from '../../platform/errors/app-error.ts';
import type { CollectionCtx } from '../context.ts';
import { compiledReferences } from '../fields/field.ts';
import { StaleSchemaError } from '../schema/stale-schema.ts';
import { changeEntry } from './change.ts';
import { clearReferences } from './clear-references.ts';
import type { EntryRow } from './row.ts';

interface IncomingReference {
  readonly from_entry_id: string;
  readonly from_collection_id: string;
  readonly to_entry_id: string;
  readonly path: string;
  readonly on_delete: 'restrict' | 'cascade' | 'set_null';
}

/** The most entries that one delete may take along. */
export const MAX_CASCADE = 10_000;

const incoming = {
  text: `select from_entry_id, from_collection_id, to_entry_id, path, on_delete
    from entry_references where to_entry_id = any($1::text[]) and project_id = $2 limit ${MAX_CASCADE + 1}`,
};
const dropReferences = {
  text: `delete from entry_references
    where (from_entry_id = any($1::text[]) or to_entry_id = any($1::text[])) and project_id = $2`,
};

/**
 * Deletes locked entries of one collection and does to the entries that refer to them what their
 * fields say. To be called in a transaction. Throws CONFLICT, naming who refers, where that forbids it.
 */
export async function removeEntries(ctx: CollectionCtx, ids: readonly string[]): Promise<void> {
  const doomed = new Map<string, string[]>([[ctx.collection.id, [...ids]]]);
  const all = new Set(ids);
  const cleared = new Map<string, { collectionId: string; targets: Set<string> }>();
  const restricted: IncomingReference[] = [];
  for (let wave = [...ids]; wave.length > 0;) {
    const found = await ctx.sql.rows<IncomingReference>(incoming, [wave, ctx.project.id]);
    wave = [];
    for (const reference of found) {
      const from = reference.from_entry_id;
      if (all.has(from)) continue;
      if (reference.on_delete === 'restrict') restricted.push(reference);
      else if (reference.on_delete === 'cascade') {
        all.add(from);
        wave.push(from);
        const siblings = doomed.get(reference.from_collection_id) ?? [];
        doomed.set(reference.from_collection_id, [...siblings, from]);
      } else {
        const known = cleared.get(from) ?? {
          collectionId: reference.from_collection_id,
          targets: new Set<string>(),
        };
        cleared.set(from, { ...known, targets: known.targets.add(reference.to_entry_id) });
      }
    }
    if (all.size > MAX_CASCADE || found.length > MAX_CASCADE) throw tooMany();
  }
  // Who restricts may itself be taken along by another path.
  const standing = restricted.filter((reference) => !all.has(reference.from_entry_id));
  if (standing.length > 0) throw await referredTo(ctx, standing);
  for (const [id, { collectionId, targets }] of cleared)
    if (!all.has(id)) await clearIn(ctx, collectionId, id, targets);
  await ctx.sql.rows(dropReferences, [[...all], ctx.project.id]);
  for (const [collectionId, doomedIds] of doomed) await removeFrom(ctx, collectionId, doomedIds);
}

async function inCollection(ctx: CollectionCtx, collectionId: string): Promise<CollectionCtx> {
  const collection = await ctx.schemas.find(ctx.project.id, collectionId);
  if (!collection) throw new StaleSchemaError();
  return { ...ctx, collection };
}

async function clearIn(
  ctx: CollectionCtx,
  collectionId: string,
  id: string,
  targets: ReadonlySet<string>,
): Promise<void> {
  const own = await inCollection(ctx, collectionId);
  const [row] = await own.sql.rows<EntryRow>(own.collection.statements.lock, [id, ctx.project.id]);
  if (!row) return;
  const stored = JSON.parse(row.data) as Record<string, unknown>;
  const data = clearReferences(own.collection.fields, stored, targets);
  const references = compiledReferences(own.collection.fields, data);
  await changeEntry(own, { id, status: row.status, data, references });
}

async function removeFrom(
  ctx: CollectionCtx,
  collectionId: string,
  ids: readonly string[],
): Promise<void> {
  const { collection } = await inCollection(ctx, collectionId);
  try {
    await ctx.sql.rows(collection.statements.remove, [
      collection.id,
      ctx.project.id,
      ids,
      ctx.clock.now().toISOString(),
      ctx.principal.id,
    ]);
  } catch (error) {
    // Somebody referred to one of them between our look and our delete: the database says no.
    if ((error as { constraint?: string }).constraint === 'entry_references_to')
      throw new AppError('CONFLICT', 'Another entry began to refer to this one; try again.');
    throw error;
  }
}

const tooMany = () =>
  new AppError(
    'CONFLICT',
    `Deleting this would touch more than ${MAX_CASCADE} other entries; delete those first.`,
  );

async function referredTo(
  ctx: CollectionCtx,
  references: readonly IncomingReference[],
): Promise<AppError> {
  const schema = await ctx.schemas.project(ctx.project.id);
  const details = references.slice(0, 20).map((reference) => ({
    field: reference.path,
    message: `${schema.find(reference.from_collection_id)?.name ?? 'A collection'}: entry ${reference.from_entry_id} refers to ${reference.to_entry_id}.`,
    code: 'referenced',
  }));
  return new AppError(
    'CONFLICT',
    'Other entries refer to this one; change or delete those first.',
    {
      details,
    },
  );
}
