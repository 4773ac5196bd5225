import { entriesPath, type Scenario } from './scenario.ts';

/** Filters by one field and sorts by it: an index has both. L2 sends the same constant as for R2. */
export const filterAndSort: Scenario = {
  name: 'R3',
  title: 'filter, sort, 25 of them',
  aim: { share: 0.6 },
  route: entriesPath,
  request: () => ({
    method: 'GET',
    path: `${entriesPath}?views[lt]=500000&sort=-views&limit=25&count=none`,
  }),
};
