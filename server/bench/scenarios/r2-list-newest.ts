import { entriesPath, type Scenario } from './scenario.ts';

/** Reads the first page, without a count. */
export const listNewest: Scenario = {
  name: 'R2',
  title: 'list the 25 newest',
  aim: { share: 0.6 },
  everyCaller: true,
  route: entriesPath,
  request: () => ({ method: 'GET', path: `${entriesPath}?limit=25&count=none` }),
};
