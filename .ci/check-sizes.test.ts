import { expect, test } from 'vitest';
import { measureSizes } from './check-sizes.ts';
import { temporaryRepository } from './temporary-repository.ts';

const lines = (count: number) => 'export {};\n'.repeat(count);

test('a file over 350 lines is refused, one over 200 only warned of', () => {
  const { refused, warnings } = measureSizes(
    temporaryRepository({
      'server/src/small.ts': lines(10),
      'server/src/smaller.ts': lines(5),
      'server/src/long.ts': lines(201),
      'server/src/longer.ts': lines(351),
      'contracts/src/a.ts': lines(5),
    }),
  );
  expect(refused).toEqual([expect.stringContaining('server/src/longer.ts: 351 lines')]);
  expect(warnings).toEqual([expect.stringContaining('server/src/long.ts: 201 lines')]);
});

test('tests may have 500 lines; generated files any number', () => {
  const { refused } = measureSizes(
    temporaryRepository({
      'server/src/a.test.ts': lines(500),
      'server/src/b.test.ts': lines(501),
      'sdk/src/schema.d.ts': lines(5_000),
      'server/migrations/one.ts': lines(5_000),
    }),
  );
  expect(refused).toEqual([expect.stringContaining('b.test.ts: 501 lines, 500 at most')]);
});

test('the median file has at most 70 lines, tests not counted', () => {
  const files = {
    'server/src/a.ts': lines(71),
    'server/src/b.ts': lines(72),
    'e2e/a.e2e.ts': lines(1),
  };
  const { median, refused } = measureSizes(temporaryRepository(files));
  expect(median).toBe(71.5);
  expect(refused).toEqual([expect.stringContaining('median')]);
});
