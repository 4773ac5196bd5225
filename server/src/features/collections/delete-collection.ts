import type { contracts } from '@cms/contracts';
import { transaction, type Tx } from '../../content/context.ts';
import { relationsOf } from '../../content/fields/field.ts';
import type { HandlerOf } from '../../content/handlers.ts';
import { dropPartition } from '../../content/schema/partition.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { CollectionEntity } from './collection.entity.ts';
import { announceChange } from './announce-change.ts';
import { lockCollection } from './lock-collection.ts';
import { storedOf } from './stored.ts';

const tables = ['entry_references', 'entry_versions', 'entries'] as const;
const byCollection = (table: (typeof tables)[number]) => {
  const column = table === 'entry_references' ? 'from_collection_id' : 'collection_id';
  return { text: `delete from ${table} where ${column} = $1 and project_id = $2` };
};

/**
 * Deletes a collection with all its entries and their history. Throws CONFLICT that names the
 * relation fields of other collections which point to it.
 */
export const deleteCollection: HandlerOf<typeof contracts.collections.delete> = (ctx, input) =>
  transaction(ctx, async (tx) => {
    const row = await lockCollection(tx, input.collection, input.expected_version);
    await assertUnreferred(tx, row.id);
    const before = storedOf(row);
    await dropPartition(tx.sql, row.storage);
    for (const table of tables) await tx.sql.rows(byCollection(table), [row.id, tx.project.id]);
    tx.em.remove(row);
    await tx.em.flush();
    await announceChange(tx, 'collection.deleted', row.id, { before });
  });

async function assertUnreferred(tx: Tx, id: string): Promise<void> {
  // From the table: the one that is locked is held against new relations to it (read-settings.ts).
  const others = await tx.em.find(CollectionEntity, { id: { $ne: id } });
  const pointing = others.flatMap((other) =>
    relationsOf(other.fields)
      .filter(({ field }) => field.options.collection === id)
      .map(({ field }) => `${other.name}.${field.name}`),
  );
  if (pointing.length === 0) return;
  throw new AppError(
    'CONFLICT',
    `Relation fields point to this collection; change them first: ${pointing.join(', ')}.`,
    {
      details: pointing.map((field) => ({
        field,
        message: 'Points to this collection.',
        code: 'referenced',
      })),
    },
  );
}
