import fc from 'fast-check';
import { compare, paths } from './rules-cases.ts';
import type { Row, World } from './rules-data.ts';

/** A sort, and the order that it means by plain JavaScript. */
export interface SortCase {
  /** Undefined asks for none: the newest come first. */
  readonly text: string | undefined;
  readonly compare: (a: Row, b: Row, world: World) => number;
}
type Compare = SortCase['compare'];

/** Paths that lead to one value. */
const single = paths.filter(([path]) => !path.startsWith('editors'));

const byId = (descending: boolean): Compare => {
  const sign = descending ? -1 : 1;
  return (a, b) => (a.id < b.id ? -sign : a.id > b.id ? sign : 0);
};

interface Key {
  readonly text: string;
  readonly descending: boolean;
  readonly compare: Compare;
}

const key: fc.Arbitrary<Key> = fc
  .tuple(
    fc.constantFrom(...single),
    fc.boolean(),
    fc.constantFrom('', ':nulls_first', ':nulls_last'),
  )
  .map(([[path, kind, read], descending, nulls]) => {
    const nullsCome = nulls === ':nulls_first' ? -1 : 1;
    return {
      text: `${descending ? '-' : ''}${path}${nulls}`,
      descending,
      compare: (a, b, world) => {
        const [one, other] = [read(a, world)[0] ?? null, read(b, world)[0] ?? null];
        if (one === null || other === null)
          return one === other ? 0 : one === null ? nullsCome : -nullsCome;
        return compare(kind, one, other) * (descending ? -1 : 1);
      },
    };
  });

const settling: fc.Arbitrary<Key> = fc
  .tuple(
    fc.constantFrom('id', 'created', 'created_at', 'createdAt', 'sys.created_at'),
    fc.boolean(),
  )
  .map(([path, descending]) => ({
    text: `${descending ? '-' : ''}${path}`,
    descending,
    compare: byId(descending),
  }));

const sorted = fc
  .tuple(fc.array(key, { maxLength: 3 }), fc.option(settling))
  .filter(([keys, last]) => keys.length > 0 || last !== null)
  .map(([some, last]): SortCase => {
    const keys = last ? [...some, last] : some;
    const settle = byId(keys.at(-1)?.descending ?? true);
    return {
      text: keys.map(({ text }) => text).join(),
      compare: (a, b, world) =>
        keys.reduce((order, each) => order || each.compare(a, b, world), 0) || settle(a, b, world),
    };
  });

/** Up to four keys of every kind, in both directions, nulls at either end. */
export const sortCases: fc.Arbitrary<SortCase> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<SortCase>({ text: undefined, compare: byId(true) }) },
  { weight: 6, arbitrary: sorted },
);
