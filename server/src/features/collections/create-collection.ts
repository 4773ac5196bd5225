import type { contracts } from '@cms/contracts';
import { type Ctx, transaction } from '../../content/context.ts';
import type { HandlerOf } from '../../content/handlers.ts';
import { createPartition, partitionName } from '../../content/schema/partition.ts';
import { invalid } from '../../platform/errors/app-error.ts';
import { checkRules } from './check-rules.ts';
import { CollectionEntity } from './collection.entity.ts';
import { toCollection } from './collection.mapper.ts';
import { nameTaken } from './name-taken.ts';
import { readFields, sentRules } from './read-settings.ts';
import { announceChange } from './announce-change.ts';
import { storedOf } from './stored.ts';

/** Collections are cheap, but every read of the schema holds all of them. */
export const MAX_COLLECTIONS = 2000;

/**
 * Creates a collection with its partition and the indexes of its fields. Throws VALIDATION_ERROR for
 * bad fields and rules, CONFLICT for a name that is taken.
 */
export const createCollection: HandlerOf<typeof contracts.collections.create> = (ctx, input) =>
  transaction(ctx, async (tx) => {
    await assertRoom(tx);
    const id = tx.newId('col');
    const { fields, usedKeys } = await readFields(
      tx,
      { id, name: input.name, existing: [], usedKeys: [] },
      input,
    );
    const rules = sentRules(input) ?? {};
    const storage = partitionName(id);
    await checkRules(tx, {
      after: { id, name: input.name, storage, fields, rules },
      settings: input,
    });
    const now = tx.clock.now();
    const row = tx.em.create(CollectionEntity, {
      id,
      project_id: tx.project.id,
      name: input.name,
      label: input.label ?? null,
      type: input.type ?? 'content',
      status: input.status ?? 'published',
      default_status: input.default_status ?? 'published',
      fields,
      used_keys: usedKeys,
      options: input.options ?? {},
      rules,
      revision: 1,
      storage,
      created_at: now,
      updated_at: now,
    });
    await tx.em.flush().catch((error: unknown) => {
      throw nameTaken(error, input.name);
    });
    await createPartition(tx.sql, { id, storage: row.storage, type: row.type, fields });
    const after = storedOf(row);
    await announceChange(tx, 'collection.created', id, { after });
    return toCollection(after, await tx.schemas.project(tx.project.id));
  });

async function assertRoom(ctx: Ctx): Promise<void> {
  const { collections } = await ctx.schemas.project(ctx.project.id);
  if (collections.length >= MAX_COLLECTIONS)
    throw invalid([
      {
        field: 'name',
        message: `A project holds ${MAX_COLLECTIONS} collections at most.`,
        code: 'max_items',
      },
    ]);
}
