import type { Folder, Item } from './collection-format.ts';
import { statusTest } from './request-scripts.ts';

const list = 'api/v1/audit';
const one = `${list}/:id`;
const variable = 'audit_id';

const keep = [
  'const row = pm.response.code === 200 ? pm.response.json().items[0] : undefined;',
  `pm.collectionVariables.set('${variable}', row?.id ?? '');`,
];
const forget = [`pm.collectionVariables.unset('${variable}');`];

/** Nobody makes a row of the audit log: the request for one takes the newest of the list before it. */
export function withAudit(folders: readonly Folder[]): void {
  for (const { item: items } of folders) {
    for (const item of items) {
      const path = item.request.url.path.join('/');
      if (path === list) item.event = [tested(keep)];
      if (path === one) item.event = [tested(forget)];
    }
    // The list stands before whatever needs a row.
    items.sort((a, b) => Number(isOne(a)) - Number(isOne(b)));
  }
}

const isOne = ({ request }: Item): boolean => request.url.path.join('/') === one;

const tested = (exec: readonly string[]) => ({
  listen: 'test' as const,
  script: { type: 'text/javascript' as const, exec: [statusTest(200), ...exec] },
});
