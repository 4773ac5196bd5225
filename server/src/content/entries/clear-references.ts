import type { CollectionCtx } from '../context.ts';
import { compiledReferences, type Field } from '../fields/field.ts';
import { changeEntries } from './change.ts';
import type { EntryRow } from './row.ts';

type Data = Readonly<Record<string, unknown>>;

/**
 * Takes references out of the entries of one collection, each of which then has a new version: what it
 * loses is given by its id. To be called in a transaction.
 */
export async function clearReferencesIn(
  ctx: CollectionCtx,
  lost: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const { fields, statements } = ctx.collection;
  const rows = await ctx.sql.rows<EntryRow>(statements.lock, [[...lost.keys()], ctx.project.id]);
  if (rows.length === 0) return;
  const changes = rows.map(({ entry_id: id, status, data: text }) => {
    const stored = JSON.parse(text) as Data;
    const data = clearReferences(fields, stored, lost.get(id) ?? new Set());
    return { id, status, data, references: compiledReferences(fields, data) };
  });
  await changeEntries(ctx, changes);
}

/**
 * The data of an entry without its references to the given entries: a single relation becomes null, a
 * list loses them. Components and blocks are looked through; data is by storage key.
 */
function clearReferences(
  fields: readonly Field[],
  data: Data,
  targets: ReadonlySet<string>,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...data };
  for (const field of fields)
    if (result[field.key] !== undefined && result[field.key] !== null)
      result[field.key] = cleared(field, result[field.key], targets);
  return result;
}

function cleared(field: Field, value: unknown, targets: ReadonlySet<string>): unknown {
  if (field.type === 'relation') {
    if (Array.isArray(value)) return value.filter((id) => !targets.has(id as string));
    return targets.has(value as string) ? null : value;
  }
  if (field.type === 'component')
    return each(value, (item) => clearReferences(field.options.fields, item, targets));
  if (field.type === 'blocks')
    return each(value, (item) =>
      clearReferences(field.options.blocks[String(item['type'])] ?? [], item, targets),
    );
  return value;
}

const each = (value: unknown, change: (item: Data) => Data): unknown =>
  Array.isArray(value) ? value.map((item) => change(item as Data)) : change(value as Data);
