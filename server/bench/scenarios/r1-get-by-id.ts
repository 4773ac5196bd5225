import { entriesPath, type Scenario } from './scenario.ts';

/** Reads one entry, another one each time. */
export const getById: Scenario = {
  name: 'R1',
  title: 'get by id',
  aim: { share: 0.4 },
  everyCaller: true,
  route: `${entriesPath}/:id`,
  request: (supply) => ({ method: 'GET', path: `${entriesPath}/${supply.anyId()}` }),
};
