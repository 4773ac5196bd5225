import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AppError } from '../../platform/errors/app-error.ts';
import { fieldsOf } from '../fields/test-fields.ts';
import { cursorsOf, type CursorScope, readCursor } from './cursor.ts';
import { compileOrder } from './order.ts';
import type { ListRow } from './read.ts';

/** A cursor is read as it was written, for the list that it was written for, and in no other way. */
const collection = {
  id: 'col_posts',
  name: 'posts',
  storage: 'es_posts',
  fields: fieldsOf({ name: 'title', type: 'text' }, { name: 'price', type: 'number' }),
};
const orderBy = (sort: string) =>
  compileOrder({ collection, find: () => undefined, request: false }, sort);
const scope: CursorScope = {
  secret: createSecretKey('a secret', 'utf8'),
  projectId: 'proj_1',
  collectionId: 'col_posts',
  order: orderBy('title,-price'),
  filter: { title: { contains: 'x' } },
};

const value = fc.option(fc.string({ unit: 'binary', maxLength: 12 }), { nil: null });
const row = fc
  .tuple(value, value, fc.string({ maxLength: 30 }))
  .map(([k0, k1, entry_id]) => ({ k0, k1, entry_id }) as unknown as ListRow);

const written = (rows: ListRow[], by: CursorScope = scope) =>
  cursorsOf(by, { rows, more: true, total: null }, { position: undefined, offset: 1 });
const isRefused = (by: CursorScope, cursor: string): boolean => {
  try {
    readCursor(by, cursor);
    return false;
  } catch (error) {
    if (error instanceof AppError && error.status === 400) return true;
    throw error;
  }
};

it('means the row that it was written for', () => {
  const property = fc.property(row, (each) => {
    const { next, prev } = written([each]);
    const place = { inclusive: false, values: [each['k0'], each['k1'], each.entry_id] };
    expect(readCursor(scope, String(next))).toEqual({ backwards: false, ...place });
    expect(readCursor(scope, String(prev))).toEqual({ backwards: true, ...place });
  });
  fc.assert(property, { numRuns: 2000 });
});

it('is none once any of its characters is another, is gone or came in between', () => {
  const letters = [...'ABCXYZabcxyz0189-_.=+/ ~%\n\u0000é'];
  const { next } = written([{ k0: 'a', k1: '1.5', entry_id: 'ent_1' } as unknown as ListRow]);
  const cursor = String(next);
  for (let at = 0; at <= cursor.length; at += 1) {
    const [before, after] = [cursor.slice(0, at), cursor.slice(at)];
    const changed = [
      ...letters.flatMap((letter) => [before + letter + after, before + letter + after.slice(1)]),
      before,
      after,
      before + after.slice(1),
      `${cursor}${after}`,
    ];
    for (const each of changed)
      expect([each, each === cursor || isRefused(scope, each)]).toEqual([each, true]);
  }
});

it('is none of whatever else', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.base64String(),
    fc.tuple(fc.base64String(), fc.base64String()).map((parts) => parts.join('.')),
    fc.json().map((json) => `${Buffer.from(json).toString('base64url')}.`),
  );
  const property = fc.property(text, (cursor) => isRefused(scope, cursor));
  fc.assert(property, { numRuns: 10_000 });
});

it.each<[string, Partial<CursorScope>]>([
  ['secret', { secret: createSecretKey('another', 'utf8') }],
  ['project', { projectId: 'proj_2' }],
  ['collection', { collectionId: 'col_others' }],
  ['direction', { order: orderBy('title,price') }],
  ['place of the nulls', { order: orderBy('title:nulls_first,-price') }],
  ['sort', { order: orderBy('title') }],
  ['order of the sort', { order: orderBy('-price,title') }],
  ['value in the filter', { filter: { title: { contains: 'y' } } }],
  ['operator in the filter', { filter: { title: { eq: 'x' } } }],
  ['spelling of the filter', { filter: 'title~x' }],
  ['absence of a filter', { filter: undefined }],
  ['search beside the filter', { filter: { title: { contains: 'x' } }, search: 'x' }],
])('is none of a list with another %s', (_, other) => {
  const property = fc.property(row, (each) => {
    const { next } = written([each]);
    expect(isRefused({ ...scope, ...other }, String(next))).toBe(true);
    expect(isRefused(scope, String(written([each], { ...scope, ...other }).next))).toBe(true);
  });
  fc.assert(property, { numRuns: 100 });
});

it('is not one of a search where a filter says the same', () => {
  const bySearch = { ...scope, filter: { price: '1' }, search: 'x' };
  const byFilter = { ...scope, filter: { filter: { price: '1' }, search: 'x' } };
  const each = { k0: 'a', k1: null, entry_id: 'ent_1' } as unknown as ListRow;
  expect(isRefused(byFilter, String(written([each], bySearch).next))).toBe(true);
});
