import { entriesPath, type Scenario, type Supply } from './scenario.ts';

/** Changes two fields of a hundred entries with one request, all or none. */
export const updateHundred: Scenario = {
  name: 'W3',
  title: 'update 100 at once',
  route: `${entriesPath}/bulk`,
  request: (supply) => ({
    method: 'PUT',
    path: `${entriesPath}/bulk`,
    body: {
      entries: hundredIds(supply).map((id) => {
        const { author, views } = supply.newArticle();
        return { id, author, views };
      }),
    },
  }),
};

/** Each id once: the same entry twice would be refused. */
function hundredIds(supply: Supply): string[] {
  const ids = new Set<string>();
  while (ids.size < 100) ids.add(supply.anyId());
  return [...ids];
}
