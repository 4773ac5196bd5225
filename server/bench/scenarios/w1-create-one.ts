import { entriesPath, type Scenario } from './scenario.ts';

/** Creates one entry a request. */
export const createOne: Scenario = {
  name: 'W1',
  title: 'create one',
  aim: { share: 0.35 },
  route: entriesPath,
  request: (supply) => ({ method: 'POST', path: entriesPath, body: supply.newArticle() }),
};
