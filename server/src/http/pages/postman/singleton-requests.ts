import type { Folder, Item } from './collection-format.ts';
import { captured, statusTest } from './request-scripts.ts';

const isOn = (item: Item, method: string, path: string): boolean =>
  item.request.method === method && item.request.url.path.join('/') === path;

const find = (folders: readonly Folder[], method: string, path: string) => {
  for (const folder of folders) {
    const index = folder.item.findIndex((item) => isOn(item, method, path));
    const item = folder.item[index];
    if (item) return { folder, index, item };
  }
  return undefined;
};

/**
 * Gives collections names that are new in each run, and adds a second one, a singleton, for the
 * operations that only such a collection has; both are deleted at the end.
 */
export function withSingleton(folders: Folder[], names: Set<string>): void {
  const create = find(folders, 'POST', 'api/v1/collections');
  const remove = find(folders, 'DELETE', 'api/v1/collections/:collection');
  if (!create || !remove) return;
  const body = JSON.parse(create.item.request.body?.raw ?? '{}') as Record<string, unknown>;
  setBody(create.item, { ...body, name: 'articles_{{$timestamp}}' });

  const single = structuredClone(create.item);
  single.name = 'Create a singleton collection';
  setBody(single, {
    ...body,
    name: 'settings_{{$timestamp}}',
    label: 'Settings',
    type: 'singleton',
  });
  single.event = [
    {
      listen: 'test',
      script: { type: 'text/javascript', exec: [statusTest(201), captured('singleton', 201)] },
    },
  ];
  create.folder.item.splice(create.index + 1, 0, single);

  const removal = structuredClone(remove.item);
  removal.name = 'Delete the singleton collection';
  for (const variable of removal.request.url.variable ?? []) variable.value = '{{singleton}}';
  remove.folder.item.splice(remove.index, 0, removal);
  names.add('singleton');
}

function setBody(item: Item, body: unknown): void {
  item.request.body = { ...item.request.body, raw: JSON.stringify(body, null, 2) };
}
