import { describe, expect, it } from 'vitest';
import type { Field } from '../fields/field.ts';
import { fieldsOf } from '../fields/test-fields.ts';
import { compileExpression } from './compile-expression.ts';
import { ExpressionError } from './expression-error.ts';
import type { CollectionShape, Scope } from './scope.ts';

const relation = (name: string, collection: string, multiple = false) => ({
  name,
  type: 'relation' as const,
  options: { collection, multiple },
});
const shape = (name: string, fields: CollectionShape['fields']): CollectionShape => ({
  id: `col_${name}`,
  name,
  storage: `es_${name}`,
  fields,
});
const authors = shape(
  'authors',
  fieldsOf({ name: 'name', type: 'text' }, relation('boss', 'col_authors')),
);
const posts = shape(
  'posts',
  fieldsOf(
    { name: 'title', type: 'text' },
    { name: 'price', type: 'number' },
    { name: 'live', type: 'bool' },
    { name: 'day', type: 'date' },
    { name: 'tags', type: 'select', options: { values: ['a'], multiple: true } },
    { name: 'meta', type: 'json' },
    { name: 'secret', type: 'text', hidden: true },
    { name: 'status', type: 'text' },
    { name: 'seo', type: 'component', options: { fields: [{ name: 'alt', type: 'text' }] } },
    relation('author', 'col_authors'),
  ),
);
const scope: Scope = {
  collection: posts,
  find: (id) => [posts, authors].find((each) => each.id === id),
  request: true,
};
const request = {
  auth: { id: 'usr_1', email: 'a@b.c', role: '' },
  method: 'GET',
  now: new Date('2026-01-31T09:30:00.000Z'),
};
const compiled = (text: string, more: Partial<Scope> = {}) => {
  const predicate = compileExpression(text, { ...scope, ...more });
  return [predicate.where(3), predicate.values(request)];
};
const refusal = (text: string, more: Partial<Scope> = {}) => {
  try {
    return compiled(text, more);
  } catch (error) {
    if (error instanceof ExpressionError) return `${error.position} ${error.message}`;
    throw error;
  }
};

describe('SQL', () => {
  it('compares by the expression of the index, with parameters', () => {
    expect(compiled(`title = "x'; drop table entries; --"`)).toEqual([
      `(("es_posts".data->>'title') collate "und-x-icu") = $3::text`,
      [`x'; drop table entries; --`],
    ]);
    expect(compiled('price>=2 || !(live=true)')).toEqual([
      `((case when jsonb_typeof("es_posts".data->'price') = 'number' then ("es_posts".data->'price')::numeric end) >= $3::numeric or (case when jsonb_typeof("es_posts".data->'live') = 'boolean' then ("es_posts".data->'live')::boolean end) is distinct from $4::boolean)`,
      ['2', true],
    ]);
    expect(compiled('day = @today')[1]).toEqual(['2026-01-31']);
    expect(compiled('title ~ "50%_\\\\"')[1]).toEqual(['%50\\%\\_\\\\%']);
  });

  it('follows relations with exists, also into the same collection', () => {
    const [text] = compiled('author.boss.name != x');
    expect(text).toMatch(
      /^not exists \(select 1 from "es_authors" as r1 where .* and exists \(select 1 from "es_authors" as r2 where .*"\) = \$3::text\)\)$/,
    );
    expect(text).not.toContain('join');
  });

  it('takes sent data as one parameter or as a column', () => {
    const predicate = compileExpression(
      'title = @request.auth.id && @request.data.price > 1',
      scope,
    );
    expect(predicate.where(3)).toContain(`then ($3::jsonb->'price')::numeric end) > $5::numeric`);
    expect(predicate.where(1, 'n.sent')).toContain(
      `then (n.sent->'price')::numeric end) > $2::numeric`,
    );
    expect(predicate.sent({ price: 'much', title: 'x' })).toBe('{"price":null}');
  });

  it('knows what its names mean, so that a change of meaning can be seen', () => {
    const { meaning, reached } = compileExpression(
      'status = a && sys.status = b && author.name = c',
      scope,
    );
    expect(meaning[0]).toMatch(/^fld_/);
    expect(meaning[1]).toBe('sys.status');
    expect(meaning[2]).toMatch(/^fld_\w+\.col_authors\.fld_/);
    expect([...reached]).toEqual(['col_authors']);
  });
});

it.each([
  ['titel = x', '0 there is no field "titel" in "posts".'],
  ['live = true && author.nam = x', '22 there is no field "nam" in "authors".'],
  ['seo.id = x', '4 there is no field "id" in this component.'],
  ['author.sys.name = x', '7 there is no field "sys" in "authors".'],
  ['title.x = 1', '6 "title" is a text field: it has no parts.'],
  ['author.boss.boss.boss.name = x', '22 a path may follow 3 relations at most.'],
  ['price = "2"', '8 "price" is a number; use a number without quotes instead of "2".'],
  ['price = cheap', '8 "price" is a number; use a number without quotes instead of "cheap".'],
  ['live > true', '5 "live" is true or false, which has no order; use = or !=.'],
  ['price ~ 2', '6 "price" is a number, which is no text; use = or !=.'],
  [
    'day = 2024-02-30',
    '6 "day" is a date; use 2024-01-31 or "2024-01-31T09:30:00Z" instead of "2024-02-30".',
  ],
  ['tags = a', '5 "tags" is a list; use ?= (has, any), or compare it with null.'],
  ['meta = 1', '5 "meta" can only be compared with null, by = or !=.'],
  ['title > null', '6 null has no order and no parts; use = null or != null.'],
  ['title = [a]', '8 a list is compared by ?=.'],
  ['price = @request.auth.id', '8 "price" is a number, @request.auth.id is a text.'],
  ['title = @now', '8 "title" is a text, @now is a time.'],
  ['price = @request.data.title', '8 "price" is a number, @request.data.title is a text.'],
  ['@request.data.nope = 1', '0 there is no field "nope" in "posts".'],
  [
    '@request.auth.role = admin',
    '21 there is no field "admin" in "posts"; put it in quotes if a text is meant.',
  ],
  ['"x" ~ title', '4 the text that is looked into stands on the left.'],
])('%s', (text, expected) => {
  expect(refusal(text)).toBe(expected);
});

it('reads words by the side they stand on', () => {
  expect(compiled('title = author')[1]).toEqual(['author']);
  expect(refusal('title = author', { strictWords: true })).toMatch(/^8 "author" is a field too/);
  expect(compiled('title = 2024')[1]).toEqual(['2024']);
  expect(compiled('"x" = title')[0]).toBe(compiled('title = "x"')[0]);
  expect(compiled('2 < price')[0]).toBe(compiled('price > 2')[0]);
});

it('has neither hidden fields nor a request for filters of readers', () => {
  const filter = { reads: (_of: unknown, { hidden }: Field) => !hidden, request: false };
  expect(refusal('secret = x', filter)).toBe('0 there is no field "secret" in "posts".');
  expect(refusal('title = @request.auth.id', filter)).toMatch(/^8 @request/);
});
