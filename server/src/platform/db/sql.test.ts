import { expect, it } from 'vitest';
import { preparedWhenHot } from './sql.ts';

it('prepares what comes again and again, and no more than a number of texts', () => {
  const asked = (text: string, times: number) =>
    Array.from({ length: times }, () => preparedWhenHot(text).name !== undefined);
  expect(asked('select 1', 6)).toEqual([false, false, false, true, true, true]);
  // A text that is not asked for among a thousand others is forgotten.
  asked('select 2', 3);
  for (let index = 0; index < 1000; index += 1) asked(`select once_${index}`, 1);
  expect(asked('select 2', 1)).toEqual([false]);
  const many = Array.from({ length: 600 }, (_, index) => asked(`select hot_${index}`, 4).at(-1));
  expect(many.filter(Boolean)).toHaveLength(499);
});
