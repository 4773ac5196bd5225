import type { Folder, Item } from './collection-format.ts';
import { statusTest } from './request-scripts.ts';

const entries = 'api/v1/collections/:collection/entries/bulk';
const records = 'api/v1/collections/:collection/records';
const data = { title: 'Updated Post' };

/** Keeps the ids of what was created: the first for requests on entries, the second for those on records. */
const keepIds = [
  'const { items = [] } = pm.response.json();',
  `pm.collectionVariables.set('bulkEntry', items[0]?.id ?? '');`,
  `pm.collectionVariables.set('bulkRecord', items[1]?.id ?? '');`,
];

interface Step {
  readonly route: string;
  readonly body: object;
  readonly after?: readonly string[];
}

/** By folder, in the order in which they find what they need. */
const chains: readonly (readonly Step[])[] = [
  [
    { route: `POST ${entries}`, body: { entries: [data, { data }] }, after: keepIds },
    { route: `PUT ${entries}`, body: { entries: [{ id: '{{bulkEntry}}', ...data }] } },
    {
      route: `DELETE ${entries}`,
      body: { entry_ids: ['{{bulkEntry}}'] },
      after: [`pm.collectionVariables.unset('bulkEntry');`],
    },
  ],
  [
    { route: `POST ${records}/bulk-update`, body: { record_ids: ['{{bulkRecord}}'], data } },
    {
      route: `POST ${records}/bulk-delete`,
      body: { record_ids: ['{{bulkRecord}}'] },
      after: [`pm.collectionVariables.unset('bulkRecord');`],
    },
  ],
  [
    {
      route: 'POST api/v1/batch',
      body: { operations: [{ op: 'create', collection: '{{collection}}', data }], dry_run: true },
    },
  ],
];

const routeOf = ({ request }: Item): string => `${request.method} ${request.url.path.join('/')}`;

/** Has bulk requests create entries of their own and go on with their ids; they come last in their folders. */
export function withBulk(folders: readonly Folder[], names: Set<string>): void {
  for (const steps of chains) {
    const routes = steps.map(({ route }) => route);
    const folder = folders.find(({ item }) => item.some((each) => routes.includes(routeOf(each))));
    if (!folder) continue;
    const found = new Map(folder.item.map((item) => [routeOf(item), item]));
    const chained = steps.flatMap((step) => {
      const item = found.get(step.route);
      if (item) prepare(item, step);
      return item ? [item] : [];
    });
    folder.item = [...folder.item.filter((item) => !chained.includes(item)), ...chained];
  }
  for (const name of ['bulkEntry', 'bulkRecord']) names.add(name);
}

function prepare(item: Item, { route, body, after = [] }: Step): void {
  item.request.body = { ...item.request.body, raw: JSON.stringify(body, null, 2) };
  const status = route === `POST ${entries}` ? 201 : 200;
  const exec = [statusTest(status), ...after];
  item.event = [{ listen: 'test', script: { type: 'text/javascript', exec } }];
}
