import { type Scenario, storiesPath } from './scenario.ts';

/** Reads the first page of entries with the entries that a relation of each leads to. */
export const listWithAuthors: Scenario = {
  name: 'R4',
  title: 'list 25 with their authors',
  aim: { share: 0.6 },
  route: storiesPath,
  request: () => ({ method: 'GET', path: `${storiesPath}?limit=25&count=none&include=author` }),
};
