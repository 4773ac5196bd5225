import type { Ctx } from '../../content/context.ts';
import { convertData, holdsData, holdsWords } from '../../content/schema/convert-data.ts';
import { storedWords } from '../../content/fields/entry-words.ts';
import { type Field, relationsOf } from '../../content/fields/field.ts';
import {
  createFieldIndex,
  createWordsIndex,
  dropFieldIndex,
  dropWordsIndex,
  indexName,
} from '../../content/schema/partition.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { quoteName } from '../../platform/db/sql.ts';
import { indexExpression } from '../../content/fields/index-expression.ts';
import type { CollectionRow } from './collection.entity.ts';

/**
 * Carries entries, indexes and references over to new fields. To be called with the partition
 * locked. Throws CONFIRMATION_REQUIRED unless confirmed where values would be lost, CONFLICT where
 * stored values stand against a new unique or index.
 */
export async function changeFields(
  tx: Ctx,
  row: CollectionRow,
  fields: readonly Field[],
  confirmed: boolean,
): Promise<void> {
  const before = new Map(row.fields.map((field) => [field.id, field]));
  const after = new Map(fields.map((field) => [field.id, field]));
  for (const field of row.fields)
    if (indexOf(field) !== indexOf(after.get(field.id))) await dropFieldIndex(tx.sql, field);
  await changeRows(tx, row, fields, confirmed);
  await changeReferences(tx, row.fields, fields);
  for (const field of fields)
    if (indexOf(field) !== indexOf(before.get(field.id))) await addIndex(tx, row.storage, field);
}

/** Rewrites the rows whose data, or whose words, are others by the new fields. */
async function changeRows(
  tx: Ctx,
  row: CollectionRow,
  fields: readonly Field[],
  confirmed: boolean,
): Promise<void> {
  const holds = holdsData(row.fields, fields);
  if (holds && holdsWords(row.fields, fields)) return;
  // An index on what is rewritten would keep every old row in sight of the new indexes.
  await dropWordsIndex(tx.sql, row.storage);
  const lost = holds ? await changeWords(tx, row, fields) : await convertRows(tx, row, fields);
  await createWordsIndex(tx.sql, row.storage);
  if (lost.size > 0 && !confirmed) throw confirmationRequired(lost);
}

/** Makes the words of every row again; no value is lost by that. */
async function changeWords(
  tx: Ctx,
  { storage }: CollectionRow,
  fields: readonly Field[],
): Promise<ReadonlyMap<string, number>> {
  const text = `update ${quoteName(storage)} set words = ${storedWords(fields, 'data')}`;
  await tx.sql.rows({ text }, []);
  return new Map();
}

/** What an index of a field is made of, to see whether it changes. */
const indexOf = (field: Field | undefined): string | undefined =>
  field && (field.unique || field.indexed)
    ? `${indexName(field)} ${indexExpression(field).expression}`
    : undefined;

async function addIndex(tx: Ctx, storage: string, field: Field): Promise<void> {
  try {
    await createFieldIndex(tx.sql, storage, field);
  } catch (error) {
    const { code } = error as { code?: string };
    const message =
      code === '23505'
        ? `Several entries have the same ${field.name}; make them differ before it becomes unique.`
        : `Some values of ${field.name} are too long for an index; shorten them first.`;
    if (code !== '23505' && code !== '54000') throw error;
    throw new AppError('CONFLICT', message, {
      details: [{ field: field.name, message, code: field.unique ? 'unique' : 'indexed' }],
      cause: error,
    });
  }
}

const BATCH = 500;

/** Rewrites every row by the new fields; returns how many rows lose a value, by the field's name. */
async function convertRows(
  tx: Ctx,
  row: CollectionRow,
  fields: readonly Field[],
): Promise<Map<string, number>> {
  const table = quoteName(row.storage);
  const read = {
    text: `select stage, entry_id, data::text as data from ${table}
      where (stage, entry_id) > ($1, $2) order by stage, entry_id limit ${BATCH}`,
  };
  const write = {
    text: `with n as materialized (
        select stage, entry_id, data::jsonb as data from unnest($1::text[], $2::text[], $3::text[]) as n(stage, entry_id, data))
      update ${table} t set data = n.data, words = ${storedWords(fields, 'n.data')} from n
      where t.stage = n.stage and t.entry_id = n.entry_id`,
  };
  const lost = new Map<string, number>();
  for (let last = ['', '']; ;) {
    const rows = await tx.sql.rows<{ stage: string; entry_id: string; data: string }>(read, last);
    const texts = rows.map(({ data }) => {
      const stored = JSON.parse(data) as Record<string, unknown>;
      const converted = convertData(row.fields, fields, stored);
      for (const path of converted.lost) lost.set(path, (lost.get(path) ?? 0) + 1);
      return JSON.stringify(converted.data);
    });
    if (rows.length > 0)
      await tx.sql.rows(write, [rows.map((r) => r.stage), rows.map((r) => r.entry_id), texts]);
    const end = rows.at(-1);
    if (!end || rows.length < BATCH) return lost;
    last = [end.stage, end.entry_id];
  }
}

/** References of fields that are gone or point elsewhere go; the others take a new on_delete. */
async function changeReferences(
  tx: Ctx,
  before: readonly Field[],
  after: readonly Field[],
): Promise<void> {
  const kept = new Map(relationsOf(after).map(({ field }) => [field.id, field]));
  const gone = relationsOf(before).filter(
    ({ field }) => kept.get(field.id)?.options.collection !== field.options.collection,
  );
  if (gone.length > 0)
    await tx.sql.rows(
      { text: 'delete from entry_references where field_id = any($1::text[]) and project_id = $2' },
      [gone.map(({ field }) => field.id), tx.project.id],
    );
  for (const { field } of relationsOf(before)) {
    const rule = kept.get(field.id)?.options.on_delete;
    if (rule && rule !== field.options.on_delete)
      await tx.sql.rows(
        {
          text: 'update entry_references set on_delete = $3 where field_id = $1 and project_id = $2',
        },
        [field.id, tx.project.id, rule],
      );
  }
}

function confirmationRequired(lost: ReadonlyMap<string, number>): AppError {
  const entries = (rows: number) => (rows === 1 ? '1 entry' : `${rows} entries`);
  const details = [...lost].map(([field, rows]) => ({
    field,
    message: `The values of ${entries(rows)} would be lost.`,
    code: 'data_loss',
  }));
  const list = [...lost].map(([field, rows]) => `${field} (${entries(rows)})`).join(', ');
  return new AppError(
    'CONFIRMATION_REQUIRED',
    `This would lose values of ${list}; repeat it with confirm=true if that is meant.`,
    { details },
  );
}
