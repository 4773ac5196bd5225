import { filterOperators } from '@cms/contracts';
import fc from 'fast-check';
import { dictionary } from './hostile.ts';

/** Queries of a search that are sound. */
export const soundQueries: readonly object[] = [
  { must: [{ title: { contains: 'zzmark' } }], should: [{ match: { title: 'zzmark a' } }] },
  { must: { term: { 'sys.status': 'published' } }, must_not: [{ exists: { field: 'meta' } }] },
  { should: [{ range: { price: { gte: 1, lt: 9 } } }, { prefix: { slug: 'zzmark' } }] },
  {
    should: [{ terms: { kind: ['red', 'zzmark'] } }, { _or: [{ live: true }, { day: null }] }],
    minimum_should_match: 2,
  },
  { must: [{ _and: ["title ~ 'zzmark'", { _not: { 'author.name': ['a', 'zzmark'] } }] }] },
  { must: [{ place: { near: [52.5, 13, 1000] } }, { tags: { any: 'red,blue' } }] },
];

const words =
  'title price live day at kind tags meta seo place author.name must should match term terms range exists prefix field query _and _or _not value operator minimum_should_match';
const names = [...words.split(' '), ...filterOperators];
const scalars: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  1.5,
  1e300,
  Number.NaN,
  [],
  {},
  [[]],
  [{}],
  'zzmark',
  '2024-01-31',
  'title=zzmark',
  ...dictionary,
];

type Edit = readonly [kind: number, at: number, what: number];

const child = (node: object, at: number): string | undefined => {
  const keys = Object.keys(node);
  return keys[at % Math.max(1, keys.length)];
};
/** A property of its own, whatever it is called; lists get longer by one. */
const put = (node: object, key: string, value: unknown): void => {
  if (Array.isArray(node) && !(key in node)) return void node.push(value);
  Object.defineProperty(node, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
};

/** Changes one place in a tree of JSON, which `at` chooses. */
function edit(root: object, [kind, at, what]: Edit): void {
  let node = root as Record<string, unknown>;
  let key = child(node, at);
  for (let depth = at % 7; depth > 0 && key !== undefined; depth -= 1) {
    const inner = node[key];
    if (typeof inner !== 'object' || inner === null) break;
    node = inner as Record<string, unknown>;
    key = child(node, at + depth);
  }
  const scalar = structuredClone(scalars[what % scalars.length]);
  const name = [...names, ...dictionary][what % (names.length + dictionary.length)] as string;
  if (key === undefined || kind === 0) put(node, name, scalar);
  else if (kind === 1) put(node, key, scalar);
  else if (kind === 2) delete node[key];
  else if (kind === 3) put(node, key, { [name]: node[key] });
  else if (kind === 4) put(node, key, [node[key], scalar]);
  else {
    const value = node[key];
    delete node[key];
    put(node, name, value);
  }
}

const deep = (levels: number): object => {
  let node: object = { title: 'zzmark' };
  for (let level = 0; level < levels; level += 1)
    node = level % 2 === 0 ? { _not: node } : { _or: [node] };
  return node;
};

/** Sound queries after a few changes, others of any shape, and ones nested far too deep. */
export const hostileQuery: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc
      .tuple(
        fc.nat(soundQueries.length - 1),
        fc.array(fc.tuple(fc.nat(5), fc.nat(1000), fc.nat(1000)), { maxLength: 4 }),
      )
      .map(([at, edits]): unknown => {
        const query = structuredClone(soundQueries[at]) as object;
        for (const each of edits) edit(query, each);
        // As it arrives.
        return JSON.parse(JSON.stringify(query));
      }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('must', 'should', 'must_not'), fc.jsonValue({ maxDepth: 3 }))
      .map(([part, value]) => ({ [part]: [value] })),
  },
  { weight: 1, arbitrary: fc.nat(400).map((levels) => ({ must: [deep(levels)] })) },
);
