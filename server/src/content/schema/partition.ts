import { quoteName, quoteText, type Sql } from '../../platform/db/sql.ts';
import type { Field } from '../fields/field.ts';
import { indexExpression } from '../fields/index-expression.ts';

/** Name of the partition of a new collection: short, and as unique as the id. */
export const partitionName = (collectionId: string): string => `es_${collectionId.slice(4)}`;

/** Name of the index of a unique or indexed field; it survives renames. */
export const indexName = (field: Pick<Field, 'id' | 'unique'>): string =>
  `${field.unique ? 'uq' : 'ix'}_${field.id.slice(4)}`;

const run = (sql: Sql, text: string) => sql.rows({ text }, []);

/**
 * Makes a collection's partition. It is made beside its parent and then attached: that takes a weak
 * lock, where `partition of` would stop every reader of every collection.
 */
export async function createPartition(
  sql: Sql,
  collection: { id: string; storage: string; type: string; fields: readonly Field[] },
): Promise<void> {
  const table = quoteName(collection.storage);
  const id = quoteText(collection.id);
  await run(sql, `create table ${table} (like entry_states including defaults including indexes)`);
  // With the check in place, attaching need not scan; it is not needed any more afterwards.
  await run(sql, `alter table ${table} add constraint part check (collection_id = ${id})`);
  await run(sql, `alter table entry_states attach partition ${table} for values in (${id})`);
  await run(sql, `alter table ${table} drop constraint part`);
  await createWordsIndex(sql, collection.storage);
  await makeSingle(sql, collection);
  for (const field of collection.fields) await createFieldIndex(sql, collection.storage, field);
}

const wordsIndex = (storage: string): string => quoteName(`${storage}_words`);

/** Makes the index that searches use: of the words that are stored with every entry. */
export const createWordsIndex = (sql: Sql, storage: string) =>
  run(sql, `create index ${wordsIndex(storage)} on ${quoteName(storage)} using gin (words)`);

/** Drops it, for as long as every row is rewritten. */
export const dropWordsIndex = (sql: Sql, storage: string) =>
  run(sql, `drop index ${wordsIndex(storage)}`);

/** Gives or takes the index that lets a singleton hold one entry only. */
export async function makeSingle(
  sql: Sql,
  { storage, type }: { storage: string; type: string },
): Promise<void> {
  const name = quoteName(`${storage}_single`);
  if (type !== 'singleton') await run(sql, `drop index if exists ${name}`);
  else await run(sql, `create unique index if not exists ${name} on ${quoteName(storage)} (stage)`);
}

/** Makes the index that a field wants, if it wants one. */
export async function createFieldIndex(sql: Sql, storage: string, field: Field): Promise<void> {
  if (!field.unique && !field.indexed) return;
  const { expression, method } = indexExpression(field);
  const unique = field.unique ? 'unique ' : '';
  const columns = method === 'gin' ? expression : `stage, ${expression}, entry_id`;
  await run(
    sql,
    field.unique
      ? `create ${unique}index ${quoteName(indexName(field))} on ${quoteName(storage)} (stage, ${expression})`
      : `create index ${quoteName(indexName(field))} on ${quoteName(storage)} using ${method} (${columns})`,
  );
}

/** Drops a field's index, if it has one. */
export const dropFieldIndex = (sql: Sql, field: Field) =>
  run(sql, `drop index if exists ${quoteName(indexName(field))}`);

/** Drops a collection's partition with everything in it. */
export const dropPartition = (sql: Sql, storage: string) =>
  run(sql, `drop table ${quoteName(storage)}`);

/** Keeps writers out until the transaction ends; whoever waited then sees the new revision. */
export const lockPartition = (sql: Sql, storage: string) =>
  run(sql, `lock table ${quoteName(storage)} in share row exclusive mode`);
