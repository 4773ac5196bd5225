import { deepByCursor, deepByOffset } from './d1-deep-page.ts';
import { getById } from './r1-get-by-id.ts';
import { listNewest } from './r2-list-newest.ts';
import { listWithCount } from './r2c-list-with-count.ts';
import { search } from './s1-search.ts';
import { filterAndSort } from './r3-filter-and-sort.ts';
import { listWithAuthors } from './r4-list-with-authors.ts';
import type { Scenario } from './scenario.ts';
import { createOne } from './w1-create-one.ts';
import { createHundred } from './w2-create-hundred.ts';
import { updateHundred } from './w3-update-hundred.ts';

export type { Aim, BenchRequest, Scenario, Supply } from './scenario.ts';

/** Reads before writes, so that the reads find the tables as they were filled. */
export const scenarios: readonly Scenario[] = [
  getById,
  listNewest,
  listWithCount,
  deepByCursor,
  deepByOffset,
  search,
  filterAndSort,
  listWithAuthors,
  createOne,
  createHundred,
  updateHundred,
];
