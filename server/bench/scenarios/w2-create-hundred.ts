import { entriesPath, type Scenario } from './scenario.ts';

/** Creates a hundred entries with one request, all or none. */
export const createHundred: Scenario = {
  name: 'W2',
  title: 'create 100 at once',
  aim: { share: 0.5 },
  route: `${entriesPath}/bulk`,
  request: (supply) => ({
    method: 'POST',
    path: `${entriesPath}/bulk`,
    body: { entries: Array.from({ length: 100 }, () => supply.newArticle()) },
  }),
};
