import { AppError } from '../../platform/errors/app-error.ts';
import type { CollectionCtx } from '../context.ts';
import { StaleSchemaError } from '../schema/stale-schema.ts';
import { clearReferencesIn } from './clear-references.ts';
import { ItemsRefused } from './items-refused.ts';

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
// Those to them are cleared or gone by now: any other was just made, and the database will see it.
const dropReferences = {
  text: 'delete from entry_references where from_entry_id = any($1::text[]) and project_id = $2',
};

/** What a delete does beyond the entries that were asked for. */
interface Consequences {
  /** Everything that goes, by collection. */
  readonly doomed: ReadonlyMap<string, readonly string[]>;
  /** By collection and entry, the references that it loses. */
  readonly cleared: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
}

/**
 * Deletes locked entries of one collection and does to the entries that refer to them what their
 * fields say, a few statements for each collection that this reaches. To be called in a transaction.
 * Throws ItemsRefused, naming who refers, where that forbids it, and CONFLICT where it reaches too far.
 */
export async function removeEntries(ctx: CollectionCtx, ids: readonly string[]): Promise<void> {
  const { doomed, cleared } = await consequencesOf(ctx, ids);
  // In the order of their ids, as everybody locks and deletes them.
  for (const [collectionId, entries] of inOrder(cleared))
    await clearReferencesIn(await inCollection(ctx, collectionId), entries);
  await ctx.sql.rows(dropReferences, [[...doomed.values()].flat(), ctx.project.id]);
  for (const [collectionId, doomedIds] of inOrder(doomed))
    await removeFrom(await inCollection(ctx, collectionId), doomedIds);
}

const inOrder = <T>(byId: ReadonlyMap<string, T>): [string, T][] =>
  [...byId].toSorted(([one], [other]) => (one < other ? -1 : 1));

/** Follows the references to what is deleted, one statement for each wave of those deleted along. */
async function consequencesOf(ctx: CollectionCtx, ids: readonly string[]): Promise<Consequences> {
  const doomed = new Map<string, string[]>([[ctx.collection.id, [...ids]]]);
  // By entry, the position of the one that it is deleted with.
  const origins = new Map(ids.map((id, at) => [id, at]));
  const cleared = new Map<string, Map<string, Set<string>>>();
  const found: IncomingReference[] = [];
  for (let wave = [...ids]; wave.length > 0;) {
    const rows = await ctx.sql.rows<IncomingReference>(incoming, [wave, ctx.project.id]);
    found.push(...rows);
    wave = [];
    for (const { on_delete, from_entry_id, from_collection_id, to_entry_id } of rows) {
      if (on_delete !== 'cascade' || origins.has(from_entry_id)) continue;
      origins.set(from_entry_id, origins.get(to_entry_id) as number);
      wave.push(from_entry_id);
      entryOf(doomed, from_collection_id, () => []).push(from_entry_id);
    }
    if (origins.size > MAX_CASCADE || rows.length > MAX_CASCADE) throw tooMany();
  }
  // Only now is it known who stays: who restricts may itself be taken along by another path.
  const standing = found.filter(({ from_entry_id }) => !origins.has(from_entry_id));
  const restricted = standing.filter(({ on_delete }) => on_delete === 'restrict');
  if (restricted.length > 0) throw await referredTo(ctx, restricted, origins);
  for (const { from_collection_id, from_entry_id, to_entry_id } of standing) {
    const entries = entryOf(cleared, from_collection_id, () => new Map<string, Set<string>>());
    entryOf(entries, from_entry_id, () => new Set()).add(to_entry_id);
  }
  return { doomed, cleared };
}

/** The value of a key, made where there is none. */
function entryOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

async function inCollection(ctx: CollectionCtx, collectionId: string): Promise<CollectionCtx> {
  const collection = await ctx.schemas.find(ctx.project.id, collectionId);
  if (!collection) throw new StaleSchemaError();
  return { ...ctx, collection };
}

async function removeFrom(ctx: CollectionCtx, ids: readonly string[]): Promise<void> {
  const { collection } = ctx;
  try {
    await ctx.sql.rows(collection.statements.remove, [
      collection.id,
      ctx.project.id,
      ids,
      ctx.clock.now().toISOString(),
      ctx.principal.id,
      ctx.requestId,
      ctx.client.address,
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

/** The first 20 who refer to it, for every item that is referred to. */
async function referredTo(
  ctx: CollectionCtx,
  references: readonly IncomingReference[],
  origins: ReadonlyMap<string, number>,
): Promise<ItemsRefused> {
  const schema = await ctx.schemas.project(ctx.project.id);
  const byItem = Map.groupBy(references, ({ to_entry_id }) => origins.get(to_entry_id) as number);
  const refusal = (own: readonly IncomingReference[]) =>
    new AppError('CONFLICT', 'Other entries refer to this one; change or delete those first.', {
      details: own.slice(0, 20).map((reference) => ({
        field: reference.path,
        message: `${schema.find(reference.from_collection_id)?.name ?? 'A collection'}: entry ${reference.from_entry_id} refers to ${reference.to_entry_id}.`,
        code: 'referenced',
      })),
    });
  return new ItemsRefused(new Map([...byItem].map(([at, own]) => [at, refusal(own)])));
}
