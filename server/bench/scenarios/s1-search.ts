import { entriesPath, type Scenario } from './scenario.ts';

/** Searches for two words, which some hundred articles have, and shows the best of them. */
export const search: Scenario = {
  name: 'S1',
  title: 'search, 25 best',
  aim: { share: 1 },
  route: `${entriesPath}/search`,
  request: (supply) => ({
    method: 'GET',
    path: `${entriesPath}/search?q=${supply.newArticle().author.replace(' ', '+')}&limit=25&highlight=false`,
  }),
};
