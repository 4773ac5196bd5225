import { filterOperators } from '@cms/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AppError } from '../../platform/errors/app-error.ts';
import { compileOrder } from '../entries/order.ts';
import { bound, compileTree, ExpressionError, numbered, type Scope } from '../expressions/index.ts';
import { fieldsOf } from '../fields/test-fields.ts';
import { readFilter } from './read-filter.ts';

/** Whatever is sent as a filter or a sort becomes SQL or a refusal, and never part of the SQL's text. */
const collection = {
  id: 'col_posts',
  name: 'posts',
  storage: 'es_posts',
  fields: fieldsOf(
    { name: 'title', type: 'text' },
    { name: 'price', type: 'number' },
    { name: 'live', type: 'bool' },
    { name: 'day', type: 'date' },
    { name: 'tags', type: 'select', options: { values: ['a'], multiple: true } },
    { name: 'place', type: 'geo_point' },
    { name: 'author', type: 'relation', options: { collection: 'col_posts' } },
  ),
};
const scope: Scope = {
  collection,
  find: () => collection,
  request: false,
};
const request = {
  auth: { id: '', email: '', role: '' },
  method: 'GET',
  now: new Date('2026-01-31T09:30:00.000Z'),
};

const marker = 'zzmark';
const paths = [
  'title',
  'price',
  'live',
  'day',
  'tags',
  'place',
  'author.title',
  'sys.status',
  'created_at',
  'id',
];
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => `${marker}${text}`),
  fc.constantFrom(
    '',
    'null',
    'true',
    '5',
    '-1e309',
    '1,2,3',
    '@now',
    '@request.auth.id',
    '2024-01-31',
    "';--",
  ),
);
const values = fc.oneof(
  texts,
  fc.constantFrom<unknown>(null, true, 1, -0, 1e300, Number.POSITIVE_INFINITY, [], {}),
  fc.array(fc.oneof(texts, fc.integer()), { maxLength: 4 }),
);
const names = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...paths) },
  fc.string({ maxLength: 8 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '', '.', 'author.', 'a'.repeat(300)),
);
const clauses = fc.oneof(
  values,
  fc.dictionary(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...filterOperators) }, fc.string()),
    values,
    { maxKeys: 3 },
  ),
);
const filters = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.dictionary(names, clauses, { maxKeys: 3 }),
    fc
      .tuple(fc.constantFrom('_and', '_or'), fc.array(tie('any'), { maxLength: 3 }))
      .map(([name, items]) => ({ [name]: items })),
    tie('any').map((inner) => ({ _not: inner })),
    fc
      .array(
        fc.constantFrom(
          ...paths,
          '=',
          '!=',
          '>',
          '~',
          '?=',
          '(',
          ')',
          '&&',
          '||',
          '!',
          '[a,1]',
          "'x'",
          '1',
          ' ',
        ),
        {
          maxLength: 10,
        },
      )
      .map((tokens) => tokens.join('')),
    fc.anything(),
  ),
})).any;

/** The SQL of a filter; undefined where it is refused. */
function compiled(filter: unknown): { text: string; values: unknown[] } | undefined {
  try {
    const { tree, sources } = readFilter(filter);
    try {
      return numbered(bound(compileTree(tree, scope).fragment, request, '{}'));
    } catch (error) {
      throw error instanceof ExpressionError ? sources.refusal(error) : error;
    }
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).status).toBe(400);
    expect((error as AppError).details).toHaveLength(1);
    return undefined;
  }
}

it('filters', () => {
  let fine = 0;
  const property = fc.property(filters, (filter) => {
    const sql = compiled(filter);
    if (!sql) return;
    fine += 1;
    expect(sql.text).not.toContain(marker);
    const last = Math.max(0, ...[...sql.text.matchAll(/\$(\d+)/g)].map(([, n]) => Number(n)));
    expect(last).toBe(sql.values.length);
  });
  fc.assert(property, { numRuns: 60_000 });
  // Enough get through for the rest to mean something.
  expect(fine).toBeGreaterThan(6_000);
}, 60_000);

it('sorts', () => {
  const part = fc.oneof(
    fc.constantFrom(...paths, '-', '+', ',', ':nulls_first', ':nulls_last', ' ', ';', '"'),
    fc.string({ maxLength: 4 }),
  );
  const property = fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
    try {
      const { keys } = compileOrder(scope, parts.join(''));
      expect(keys.at(-1)?.meaning).toBe('sys.entry_id');
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
    }
  });
  fc.assert(property, { numRuns: 40_000 });
}, 60_000);
