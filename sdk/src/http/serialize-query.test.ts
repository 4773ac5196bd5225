import { expect, it } from 'vitest';
import { serializeQuery } from './serialize-query.ts';

it('writes brackets, lists, dates and nothing for what is not set', () => {
  const query = {
    filter: { title: { eq: 'a&b' }, tags: ['x', 'y,z'] },
    ids: [1, 2],
    'odd key': true,
    at: new Date(0),
    none: undefined,
    nil: null,
  };
  expect(serializeQuery(query)).toBe(
    'filter[title][eq]=a%26b&filter[tags][0]=x&filter[tags][1]=y%2Cz&ids=1,2&odd%20key=true&at=1970-01-01T00%3A00%3A00.000Z',
  );
});
