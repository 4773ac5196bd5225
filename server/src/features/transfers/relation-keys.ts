import type { CollectionCtx } from '../../content/context.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { dataText } from '../entries/index.ts';
import { columnsOf, type LookupColumn } from './columns.ts';
import { keysById } from './keys-by-id.ts';

/** Relations that a file writes by a unique field of the other collection, by the relation's name. */
export type RelationKeys = ReadonlyMap<string, LookupColumn>;

/** What such a relation is called in a file, as imports read it. */
export const nameOf = ({ field, by }: LookupColumn): string => `${field.name}.${by.name}`;

/**
 * Reads which relations are asked for by which field: `author.slug` names one, `slug` every relation
 * whose collection has such a unique field. Throws INVALID_INPUT for what is neither.
 */
export async function readRelationKeys(
  ctx: CollectionCtx,
  names: readonly string[],
): Promise<RelationKeys> {
  const columns = await columnsOf(ctx, {});
  const keys = new Map<string, LookupColumn>();
  const relations = ctx.collection.fields.filter(
    (field) => field.type === 'relation' && ctx.view.reads(field),
  );
  for (const name of names) {
    const asked = name.includes('.') ? [name] : relations.map((field) => `${field.name}.${name}`);
    const found = asked.map((each) => columns.of(each)).filter((each) => each?.is === 'lookup');
    if (found.length === 0 || !found.every(({ field }) => ctx.view.reads(field)))
      throw unknown(name);
    // What is named by itself comes before what is meant among others.
    for (const column of found)
      if (name.includes('.') || !keys.has(column.field.name)) keys.set(column.field.name, column);
  }
  return keys;
}

function unknown(name: string): AppError {
  const message = `There is no relation with the unique field "${name}"; name one as relation.field.`;
  return new AppError('INVALID_INPUT', message, {
    details: [{ field: 'relations', message, code: 'relations' }],
  });
}

/**
 * The data of rows, with the keys in the place of ids: one statement a relation. An entry without such
 * a key, or that the caller may not see, keeps its id, which an import then refuses.
 */
export async function withKeys(
  ctx: CollectionCtx,
  rows: readonly EntryRow[],
  keys: RelationKeys,
): Promise<readonly string[]> {
  const data = rows.map((row) => JSON.parse(dataText(ctx, row)) as Record<string, unknown>);
  const found = new Map<string, ReadonlyMap<string, unknown>>();
  for (const [name, column] of keys) {
    const ids = new Set(data.flatMap((each) => idsIn(each[name])));
    found.set(name, await keysById(ctx, column, ids));
  }
  return data.map((each) =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries(each).map(([name, value]) => {
          const column = keys.get(name);
          return column ? [nameOf(column), keyed(value, found.get(name))] : [name, value];
        }),
      ),
    ),
  );
}

const idsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : [];

const keyed = (value: unknown, keys: ReadonlyMap<string, unknown> | undefined): unknown =>
  Array.isArray(value)
    ? value.map((each) => keyed(each, keys))
    : typeof value === 'string'
      ? (keys?.get(value) ?? value)
      : value;
