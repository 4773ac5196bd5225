import { AppError } from '../../platform/errors/app-error.ts';
import { prepared, type Statement } from '../../platform/db/sql.ts';
import { sortExpression } from '../fields/index-expression.ts';
import type { CollectionCtx } from '../context.ts';

/** An `order by` and whether statements with it are few enough to be prepared. */
export interface Order {
  readonly sql: string;
  readonly prepare: (text: string) => Statement;
}

/**
 * System fields by every spelling. Ids are made in the order of creation, and created_at from the
 * same clock reading: so creation order is id order, which the primary key serves.
 */
const systemFields: Readonly<Record<string, string>> = {
  id: 'entry_id',
  created: 'entry_id',
  createdAt: 'entry_id',
  created_at: 'entry_id',
  updated: 'updated_at',
  updatedAt: 'updated_at',
  updated_at: 'updated_at',
  published_at: 'published_at',
  publishedAt: 'published_at',
  status: 'status',
  version: 'version',
};

const newestFirst: Order = { sql: 'entry_id desc', prepare: prepared };
export const MAX_SORT_KEYS = 5;

/**
 * Compiles `sort=title,-created_at`. A collection's own field shadows a system field; `sys.` names the
 * system's. Throws INVALID_INPUT for what is not indexed, unknown, or not the
 * caller's to read.
 */
export function compileOrder(
  ctx: Pick<CollectionCtx, 'collection' | 'view'>,
  sort: string | undefined,
): Order {
  if (sort === undefined) return newestFirst;
  const keys = sort.split(',').map((key) => key.trim());
  if (keys.length > MAX_SORT_KEYS) throw badSort(`Sort by at most ${MAX_SORT_KEYS} fields.`);
  const terms = keys.map((key) => termOf(ctx, key));
  const last = terms.at(-1) as string;
  // The id settles ties, so that pages never overlap.
  const tie = last.startsWith('entry_id ')
    ? []
    : [`entry_id ${last.includes(' desc') ? 'desc' : 'asc'}`];
  return { sql: [...terms, ...tie].join(', '), prepare: (text) => ({ text }) };
}

function termOf(
  { collection, view }: Pick<CollectionCtx, 'collection' | 'view'>,
  key: string,
): string {
  const descending = key.startsWith('-');
  const name = key.replace(/^[-+]/, '');
  const direction = descending ? 'desc' : 'asc';
  const own = collection.fields.find((field) => field.name === name && view.reads(field));
  if (own) {
    if (!own.indexed && !own.unique)
      throw badSort(`"${name}" is not indexed; set indexed on the field to sort by it.`);
    if (own.options.multiple) throw badSort(`"${name}" holds a list, which has no order.`);
    return `${sortExpression(own)} ${direction} nulls last`;
  }
  const system = systemFields[name.replace(/^sys\./, '')];
  if (!system || !Object.hasOwn(systemFields, name.replace(/^sys\./, '')))
    throw badSort(`There is no field "${name}" to sort by.`);
  return `${system} ${direction}${system === 'entry_id' ? '' : ' nulls last'}`;
}

const badSort = (message: string) =>
  new AppError('INVALID_INPUT', message, { details: [{ field: 'sort', message, code: 'sort' }] });
