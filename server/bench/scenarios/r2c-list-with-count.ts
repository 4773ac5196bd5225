import { entriesPath, type Scenario } from './scenario.ts';

/** Reads the first page and how many there are, about. L3 asks PostgreSQL's own estimate of the table. */
export const listWithCount: Scenario = {
  name: 'R2c',
  title: 'list the 25 newest, count estimated',
  aim: { share: 0.8, of: 'R2' },
  route: entriesPath,
  request: () => ({ method: 'GET', path: `${entriesPath}?limit=25&count=estimated` }),
};
