import type { contracts } from '@cms/contracts';
import { transaction, type Tx } from '../../content/context.ts';
import type { HandlerOf } from '../../content/handlers.ts';
import { lockPartition, makeSingle } from '../../content/schema/partition.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { CollectionRules } from '../../content/schema/collection.ts';
import { announceChange } from './announce-change.ts';
import { changeFields } from './change-fields.ts';
import { checkRules } from './check-rules.ts';
import type { CollectionRow } from './collection.entity.ts';
import { toCollection } from './collection.mapper.ts';
import { lockCollection } from './lock-collection.ts';
import { nameTaken } from './name-taken.ts';
import { readFields, sentFields, sentRules, type Settings } from './read-settings.ts';
import { storedOf } from './stored.ts';

/**
 * Changes what is given of a collection. Its writers wait meanwhile and then write by the new
 * fields. Throws CONFIRMATION_REQUIRED, with fields and row counts, where that would lose data,
 * CONFLICT where a rule uses a field in a way that the change would end.
 */
export const updateCollection: HandlerOf<typeof contracts.collections.update> = (ctx, input) =>
  transaction(ctx, async (tx) => {
    const row = await lockCollection(tx, input.collection, input.expected_version);
    const before = storedOf(row);
    await lockPartition(tx.sql, row.storage);
    const name = input.name ?? row.name;
    const changed = sentFields(input)
      ? await readFields(
          tx,
          { id: row.id, name, existing: row.fields, usedKeys: row.used_keys },
          input,
        )
      : undefined;
    const rules = { ...row.rules, ...sentRules(input) } as CollectionRules;
    if (changed || sentRules(input))
      await checkRules(tx, {
        before,
        after: {
          id: row.id,
          storage: row.storage,
          name,
          fields: changed?.fields ?? row.fields,
          rules,
        },
        settings: input,
      });
    if (changed) {
      await changeFields(tx, row, changed.fields, input.confirm ?? false);
      Object.assign(row, { fields: changed.fields, used_keys: changed.usedKeys });
    }
    Object.assign(row, { rules });
    await assignSettings(tx, row, input);
    if (input.name !== undefined) row.name = input.name;
    row.revision += 1;
    row.updated_at = tx.clock.now();
    await tx.em.flush().catch((error: unknown) => {
      throw nameTaken(error, row.name);
    });
    const after = storedOf(row);
    await announceChange(tx, 'collection.updated', row.id, { before, after });
    return toCollection(after, await tx.schemas.project(tx.project.id));
  });

async function assignSettings(tx: Tx, row: CollectionRow, input: Settings): Promise<void> {
  if (input.label !== undefined) row.label = input.label;
  if (input.status !== undefined) row.status = input.status;
  if (input.default_status !== undefined) row.default_status = input.default_status;
  if (input.options !== undefined) row.options = input.options;
  if (input.type === undefined || input.type === row.type) return;
  row.type = input.type;
  await makeSingle(tx.sql, row).catch((error: unknown) => {
    if ((error as { code?: string }).code !== '23505') throw error;
    throw new AppError('CONFLICT', 'It holds more than one entry; a singleton can hold one.', {
      details: [{ field: 'type', message: 'Delete the other entries first.', code: 'singleton' }],
    });
  });
}
