import fc from 'fast-check';
import { type FilterCase, type Holds, leaf, type Leaf } from './filter-case.ts';
import { nearby } from './filter-places.ts';
import {
  compare,
  type Kind,
  lower,
  orders,
  paths,
  type Read,
  some,
  spelled,
} from './rules-cases.ts';
import { tags, type World } from './rules-data.ts';

const signs: Readonly<Record<string, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };
const isText = (kind: Kind) => kind === 'text' || kind === 'code';
const within: readonly [string, string | undefined, (text: string, part: string) => boolean][] = [
  ['contains', '~', (text, part) => text.includes(part)],
  ['startsWith', undefined, (text, part) => text.startsWith(part)],
  ['endsWith', undefined, (text, part) => text.endsWith(part)],
];

function onPath([path, kind, read, values]: (typeof paths)[number]): fc.Arbitrary<FilterCase> {
  type Said = Pick<Leaf, 'operator' | 'holds' | 'clause'> & { sign: string | undefined };
  const one = (value: unknown, { sign, ...said }: Said) =>
    spelled(value).map((text) =>
      leaf({
        path,
        value,
        text: String(value),
        expression: sign && `${path} ${sign} ${text}`,
        ...said,
      }),
    );
  const value = fc.constantFrom(...values);
  const is = (wanted: unknown) => some(read, (each) => each === wanted);
  const isThere = some(read, () => true);
  const all: fc.Arbitrary<FilterCase>[] = [
    value.chain((v) =>
      one(v, { operator: 'eq', sign: '=', clause: { term: { [path]: v } }, holds: is(v) }),
    ),
    value.chain((v) =>
      one(v, { operator: 'ne', sign: '!=', holds: (row, world) => !is(v)(row, world) }),
    ),
    fc.boolean().map((yes) =>
      leaf({
        path,
        operator: 'exists',
        value: yes,
        text: String(yes),
        expression: `${path} ${yes ? '!=' : '='} null`,
        ...(yes ? { clause: { exists: { field: path } } } : {}),
        holds: (row, world) => isThere(row, world) === yes,
      }),
    ),
    fc.boolean().map((not) =>
      leaf({
        path,
        operator: not ? 'ne' : 'eq',
        value: null,
        // As text, null is a text where texts are.
        text: isText(kind) ? undefined : 'null',
        expression: `${path} ${not ? '!=' : '='} null`,
        holds: (row, world) => isThere(row, world) === not,
      }),
    ),
    fc
      .tuple(
        fc.subarray([...values, null], { minLength: 1, maxLength: Math.min(3, values.length) }),
        fc.boolean(),
      )
      .chain(([list, not]) => oneOf([path, kind, read], list, not)),
  ];
  if (kind !== 'boolean')
    for (const [operator, sign] of Object.entries(signs))
      all.push(
        value.chain((v) =>
          one(v, {
            operator,
            sign,
            clause: { range: { [path]: { [operator]: v } } },
            holds: some(read, (each) => orders[sign]?.(compare(kind, each, v)) ?? false),
          }),
        ),
      );
  if (isText(kind))
    for (const [operator, sign, test] of within)
      all.push(
        value.chain((v) =>
          one(v, {
            operator,
            sign,
            ...(operator === 'startsWith' ? { clause: { prefix: { [path]: v } } } : {}),
            holds: some(read, (each) => test(lower(each), lower(v))),
          }),
        ),
      );
  return fc.oneof(...all);
}

const oneOf = (
  [path, kind, read]: readonly [string, Kind, Read],
  list: readonly unknown[],
  not: boolean,
) =>
  fc.tuple(...list.map(spelled)).map((texts) => {
    const one = some(read, (each) => list.includes(each));
    const present = some(read, () => true);
    const held: Holds = (row, world) =>
      one(row, world) || (list.includes(null) && !present(row, world));
    const listed = `${path} ?= [${texts.join(',')}]`;
    return leaf({
      path,
      operator: not ? 'nin' : 'in',
      value: list,
      text: isText(kind) && list.includes(null) ? undefined : list.map(String),
      expression: not ? `!(${listed})` : listed,
      ...(not ? {} : { clause: { terms: { [path]: list } } }),
      holds: (row, world) => held(row, world) !== not,
    });
  });

/** A list holds one of some values, said with one of them or several. */
const inList = (path: string, values: readonly string[]) =>
  fc
    .tuple(fc.subarray([...values], { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([list, asList]) => {
      const single = list.length === 1 && !asList;
      return leaf({
        path,
        operator: single ? 'has' : asList ? 'in' : 'any',
        value: single ? list[0] : list,
        text: list.join(','),
        expression: `${path} ?= ${single ? list[0] : `[${list.join(',')}]`}`,
        holds: ({ data }) => list.some((each) => ((data[path] ?? []) as string[]).includes(each)),
      });
    });

/** What can only be asked whether it is there. */
const opaque = fc
  .tuple(fc.constantFrom('meta', 'tags', 'editors', 'seo', 'place'), fc.boolean())
  .map(([path, yes]) =>
    leaf({
      path,
      operator: 'exists',
      value: yes,
      text: String(yes),
      expression: `${path} ${yes ? '!=' : '='} null`,
      holds: ({ data }) => ((data[path] ?? null) !== null) === yes,
    }),
  );

function joined(items: readonly FilterCase[], word: '_and' | '_or'): FilterCase {
  const texts = items.map(({ text }) => text);
  const expressions = items.map(({ expression }) => expression);
  const json = { [word]: items.map((each) => each.json) };
  const clauses = items.map(({ clause }) => clause);
  return {
    json,
    text: texts.includes(undefined) ? undefined : { [word]: texts },
    expression: expressions.includes(undefined)
      ? undefined
      : expressions.map((each) => `(${each})`).join(word === '_and' ? '&&' : ' || '),
    clause: json,
    query: word === '_and' ? { must: clauses } : { should: clauses },
    holds: (row, world) =>
      word === '_and'
        ? items.every(({ holds }) => holds(row, world))
        : items.some(({ holds }) => holds(row, world)),
  };
}

const negated = (inner: FilterCase): FilterCase => ({
  json: { _not: inner.json },
  text: inner.text && { _not: inner.text },
  expression: inner.expression && `!(${inner.expression})`,
  clause: { _not: inner.json },
  query: { must_not: inner.clause },
  holds: (row, world) => !inner.holds(row, world),
});

/** Every operator on every path and type, alone and in trees. */
export function filterCases({ authors }: World): fc.Arbitrary<FilterCase> {
  const ids = authors.map(({ id }) => id);
  const author: (typeof paths)[number] = [
    'author',
    'code',
    ({ data }) => [data['author'] ?? null],
    ids,
  ];
  const lists = [inList('tags', tags), inList('editors', ids)];
  return fc.letrec<{ any: FilterCase; one: FilterCase }>((tie) => ({
    one: fc.oneof(...[...paths, author].map(onPath), ...lists, opaque, nearby),
    any: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 3, arbitrary: tie('one') },
      { weight: 1, arbitrary: tie('any').map(negated) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(
            fc.array(tie('any'), { minLength: 2, maxLength: 3 }),
            fc.constantFrom('_and' as const, '_or' as const),
          )
          .map(([items, word]) => joined(items, word)),
      },
    ),
  })).any;
}
