import { describe, expect, it } from 'vitest';
import type { LiveCollection } from '../all-collections.ts';
import type { NormalCollection } from './normal-collection.ts';
import { orderCreations } from './order-creations.ts';
import { orderDeletions } from './order-deletions.ts';

/** A collection whose fields refer to others, one field within a component. */
const collection = (name: string, ...targets: string[]): NormalCollection => ({
  name,
  fields: [
    { name: 'title', type: 'text' },
    ...targets.map((target, index) => {
      const relation = {
        name: `to_${target}`,
        type: 'relation',
        options: { collection: target },
      } as const;
      if (index === 0) return relation;
      return { name: `in_${target}`, type: 'component', options: { fields: [relation] } } as const;
    }),
  ],
});
const created = (...collections: NormalCollection[]) =>
  orderCreations(collections.map((each) => ({ collection: each }))).map(
    ({ collection: { name }, now }) => `${name}:${now.length}`,
  );
const deleted = (...collections: NormalCollection[]) =>
  orderDeletions(collections as unknown as LiveCollection[]).map(
    ({ kind, name }) => `${kind} ${name}`,
  );

describe('new collections', () => {
  it('come after those they refer to', () => {
    expect(created(collection('a', 'b', 'c'), collection('b', 'c'), collection('c'))).toEqual([
      'c:1',
      'b:2',
      'a:3',
    ]);
  });

  it('wait with the fields that close a circle', () => {
    expect(created(collection('a', 'b'), collection('b', 'x', 'a'))).toEqual(['a:1', 'b:3']);
  });

  it('may refer to themselves, in any case', () => {
    expect(created(collection('Tree', 'tree'))).toEqual(['Tree:2']);
  });
});

describe('deleted collections', () => {
  it('go before those they refer to', () => {
    expect(deleted(collection('a'), collection('b', 'a'))).toEqual(['delete b', 'delete a']);
  });

  it('are cut where they form a circle', () => {
    expect(deleted(collection('a', 'b'), collection('b', 'a'))).toEqual([
      'cut a',
      'delete b',
      'delete a',
    ]);
    expect(deleted(collection('tree', 'tree'))).toEqual(['delete tree']);
  });
});
