import { withAccounts } from './account-requests.ts';
import { withAudit } from './audit-requests.ts';
import { withBulk } from './bulk-requests.ts';
import type { Folder, Item } from './collection-format.ts';
import { withMembers } from './member-requests.ts';
import { captured, statusTest } from './request-scripts.ts';
import { type Call, ResourceVariables } from './resource-variables.ts';
import { withSingleton } from './singleton-requests.ts';

interface Step {
  readonly call: Call;
  readonly item: Item;
}

const pathOf = ({ request }: Item): string =>
  `/${request.url.path.map((part) => part.replace(/^:(\w+)$/, '{$1}')).join('/')}`;

/**
 * Puts the converter's requests in an order in which each finds what it needs, captures new ids into
 * variables, and tests every status. Things that others live in are deleted last, in a folder of their
 * own. Returns the names of the variables.
 */
export function chainRequests(folders: Folder[], calls: readonly Call[]): string[] {
  const variables = new ResourceVariables(calls);
  const names = new Set<string>();
  const byRoute = new Map(calls.map((call) => [`${call.method} ${call.path}`, call]));
  // The platform family is served under /v1 and /api/v1 alike: once is enough.
  const isNoAlias = (item: Item) => {
    const path = pathOf(item).replace(/^\/api(?=\/v1\/)/, '');
    return path === pathOf(item) || !byRoute.has(`${item.request.method} ${path}`);
  };
  const last: Step[] = [];
  for (const folder of folders) {
    const steps = folder.item.filter(isNoAlias).map((item): Step => {
      const call = byRoute.get(`${item.request.method} ${pathOf(item)}`);
      if (!call) throw new Error(`${item.name} is no operation of the document`);
      return { call, item };
    });
    for (const { call, item } of steps) prepare(item, call, variables, names);
    last.push(...steps.filter(({ call }) => isHome(call, calls)));
    folder.item = steps
      .filter(({ call }) => !isHome(call, calls))
      .toSorted((a, b) => rank(a.call, variables) - rank(b.call, variables))
      .map(({ item }) => item);
  }
  const homes = last.toSorted((a, b) => b.call.path.length - a.call.path.length);
  folders.push({ name: 'Clean up', item: homes.map(({ item }) => item) });
  withMembers(folders);
  withSingleton(folders, names);
  withAccounts(folders, names);
  withBulk(folders, names);
  withAudit(folders);
  return [...names];
}

function prepare(item: Item, call: Call, variables: ResourceVariables, names: Set<string>): void {
  for (const variable of item.request.url.variable ?? []) {
    const name = variables.usedBy(call.path, variable.key);
    names.add(name);
    variable.value = `{{${name}}}`;
  }
  const fills = variables.filledBy(call);
  if (fills) names.add(fills);
  const exec = [statusTest(call.status), ...(fills ? [captured(fills, call.status)] : [])];
  item.event = [{ listen: 'test', script: { type: 'text/javascript', exec } }];
  // The one reply that the test expects, without the body's many possible refusals.
  item.response = item.response.filter(({ code }) => code === call.status).slice(0, 1);
  for (const response of item.response) delete response.id;
  delete item.id;
  if (call.isPublic) item.request.auth = { type: 'noauth' };
  else delete item.request.auth;
}

/** True for the deletion of something that other resources live in. */
const isHome = ({ method, path }: Call, calls: readonly Call[]): boolean =>
  method === 'DELETE' && calls.some((other) => other.path.startsWith(`${path}/`));

/** Create, then write what is there by itself, then read, change, do, and delete. */
function rank(call: Call, variables: ResourceVariables): number {
  if (variables.filledBy(call)) return 0;
  if (call.method === 'DELETE') return 6;
  if (call.method === 'GET') return 3;
  if (call.method === 'PUT' && !call.path.endsWith('}')) return 1;
  if (call.method === 'POST') return call.status === 201 ? 2 : 5;
  return 4;
}
