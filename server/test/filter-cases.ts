import fc from 'fast-check';
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
import { type places, type Row, tags, type World } from './rules-data.ts';

type Holds = (row: Row, world: World) => boolean;

/** One filter in its spellings, and whether it holds for a row by plain JavaScript. */
export interface FilterCase {
  /** As JSON. */
  readonly json: object;
  /** As JSON whose values are all text, as brackets can say it. */
  readonly text: object;
  /** Undefined where expressions have no word for it. */
  readonly expression: string | undefined;
  readonly holds: Holds;
}

const signs: Readonly<Record<string, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

function onPath([path, kind, read, values]: (typeof paths)[number]): fc.Arbitrary<FilterCase> {
  const one = (operator: string, value: unknown, sign: string | undefined, holds: Holds) =>
    spelled(value).map((text): FilterCase => ({
      json: { [path]: { [operator]: value } },
      text: { [path]: { [operator]: String(value) } },
      expression: sign && `${path} ${sign} ${text}`,
      holds,
    }));
  const value = fc.constantFrom(...values);
  const is = (wanted: unknown) => some(read, (each) => each === wanted);
  const all: fc.Arbitrary<FilterCase>[] = [
    value.chain((v) => one('eq', v, '=', is(v))),
    value.chain((v) => one('ne', v, '!=', (row, world) => !is(v)(row, world))),
    fc.boolean().map((yes) => ({
      json: { [path]: { exists: yes } },
      text: { [path]: { exists: String(yes) } },
      expression: `${path} ${yes ? '!=' : '='} null`,
      holds: (row, world) => some(read, () => true)(row, world) === yes,
    })),
    fc
      .tuple(
        fc.subarray([...values], { minLength: 1, maxLength: Math.min(3, values.length) }),
        fc.boolean(),
      )
      .chain(([list, not]) => oneOf(path, read, list, not)),
  ];
  if (kind !== 'boolean')
    for (const [operator, sign] of Object.entries(signs))
      all.push(
        value.chain((v) =>
          one(
            operator,
            v,
            sign,
            some(read, (each) => orders[sign]?.(compare(kind, each, v)) ?? false),
          ),
        ),
      );
  if (isText(kind))
    for (const [operator, sign, test] of within)
      all.push(
        value.chain((v) =>
          one(
            operator,
            v,
            sign,
            some(read, (each) => test(lower(each), lower(v))),
          ),
        ),
      );
  return fc.oneof(...all);
}

const isText = (kind: Kind) => kind === 'text' || kind === 'code';
const within: readonly [string, string | undefined, (text: string, part: string) => boolean][] = [
  ['contains', '~', (text, part) => text.includes(part)],
  ['startsWith', undefined, (text, part) => text.startsWith(part)],
  ['endsWith', undefined, (text, part) => text.endsWith(part)],
];

const oneOf = (path: string, read: Read, list: readonly unknown[], not: boolean) =>
  fc.tuple(...list.map(spelled)).map((texts): FilterCase => {
    const held = some(read, (each) => list.includes(each));
    const listed = `${path} ?= [${texts.join(',')}]`;
    const operator = not ? 'nin' : 'in';
    return {
      json: { [path]: { [operator]: list } },
      text: { [path]: { [operator]: list.map(String) } },
      expression: not ? `!(${listed})` : listed,
      holds: (row, world) => held(row, world) !== not,
    };
  });

const inLists = fc.subarray(tags, { minLength: 1 }).map((list): FilterCase => {
  const operator = list.length === 1 ? 'has' : 'any';
  const value = list.length === 1 ? list[0] : list;
  return {
    json: { tags: { [operator]: value } },
    text: { tags: { [operator]: list.join(',') } },
    expression: `tags ?= ${list.length === 1 ? list[0] : `[${list.join(',')}]`}`,
    holds: ({ data }) => list.some((tag) => ((data['tags'] ?? []) as string[]).includes(tag)),
  };
});

type Place = (typeof places)[number];
const EARTH = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** By the spherical law of cosines: another formula than the one under test. */
const metres = (a: Place, b: Place) =>
  EARTH *
  Math.acos(
    Math.min(
      1,
      Math.sin(radians(a.lat)) * Math.sin(radians(b.lat)) +
        Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.cos(radians(a.lng - b.lng)),
    ),
  );

const nearby = fc
  .tuple(
    fc.constantFrom({ lat: 52.5, lng: 13 }, { lat: -17.8, lng: -179.9 }, { lat: 90, lng: 0 }),
    fc.constantFrom(1000, 50_000, 600_000, 5_000_000, 21_000_000),
  )
  .map(([from, within_]): FilterCase => {
    const list = [from.lat, from.lng, within_];
    return {
      json: { place: { near: list } },
      text: { place: { near: list.join(',') } },
      expression: undefined,
      holds: ({ data }) => {
        const place = data['place'] as Place | null | undefined;
        return place != null && metres(place, from) <= within_;
      },
    };
  });

const joined = (a: FilterCase, b: FilterCase, word: '_and' | '_or'): FilterCase => ({
  json: { [word]: [a.json, b.json] },
  text: { [word]: [a.text, b.text] },
  expression:
    a.expression &&
    b.expression &&
    `(${a.expression})${word === '_and' ? '&&' : '||'}(${b.expression})`,
  holds: (row, world) =>
    word === '_and'
      ? a.holds(row, world) && b.holds(row, world)
      : a.holds(row, world) || b.holds(row, world),
});

/** Every operator on every path and type, alone and joined, as deep as brackets go. */
export const filterCases: fc.Arbitrary<FilterCase> = fc.letrec<{
  any: FilterCase;
  one: FilterCase;
}>((tie) => ({
  one: fc.oneof(...paths.map(onPath), inLists, nearby),
  any: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    tie('one'),
    tie('one').map((inner): FilterCase => ({
      json: { _not: inner.json },
      text: { _not: inner.text },
      expression: inner.expression && `!(${inner.expression})`,
      holds: (row, world) => !inner.holds(row, world),
    })),
    fc
      .tuple(tie('one'), tie('one'), fc.constantFrom('_and' as const, '_or' as const))
      .map(([a, b, word]) => joined(a, b, word)),
  ),
})).any;
