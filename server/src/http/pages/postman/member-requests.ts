import type { Folder, Item } from './collection-format.ts';
import { captured, statusTest } from './request-scripts.ts';

const routeOf = ({ request }: Item): string => `${request.method} ${request.url.path.join('/')}`;

/** The family of models says which project the run is in; its members are then those at hand. */
const projectSource = 'GET api/models/:modelKey/entries';
const keepProject = `pm.collectionVariables.set('project', pm.response.json().meta?.tenantId ?? '');`;

/**
 * Has the requests of members invite two people: one is then changed and removed as any member, the
 * other's invitation is sent again and revoked. Roles get a name that is new in each run.
 */
export function withMembers(folders: readonly Folder[]): void {
  const last = folders.at(-1);
  const source = folders
    .flatMap(({ item }) => item)
    .find((item) => routeOf(item) === projectSource);
  source?.event?.[0]?.script.exec.push(keepProject);
  for (const path of ['v1/teams/:id', 'v1/projects/:id']) {
    const home = folders.find(({ item }) =>
      item.some((each) => routeOf(each) === `POST ${path}/members`),
    );
    if (!home || !last) continue;
    const find = (route: string) => home.item.findIndex((item) => routeOf(item) === route);
    const adding = find(`POST ${path}/members`);
    home.item.splice(adding + 1, 0, secondInvitation(home.item[adding] as Item));
    renameRole(home.item[find(`POST ${path}/roles`)] as Item);
    // Revoked here, before another folder's invitation takes the variable.
    const isRevocation = (item: Item) =>
      routeOf(item) === `DELETE ${path}/invitations/:invitationId`;
    home.item.push(...last.item.filter(isRevocation));
    last.item = last.item.filter((item) => !isRevocation(item));
  }
  const users = folders.flatMap(({ item }) => item).filter(usesProject);
  users.at(-1)?.event?.[0]?.script.exec.push(`pm.collectionVariables.unset('project');`);
}

const usesProject = ({ request }: Item): boolean =>
  (request.url.variable ?? []).some(({ value }) => value === '{{project}}');

function secondInvitation(first: Item): Item {
  const second = structuredClone(first);
  second.name = `${first.name}, another one by invitation`;
  setBody(second, { email: 'grace@example.com' });
  const exec = [statusTest(201), captured('invitationId', 201)];
  second.event = [{ listen: 'test', script: { type: 'text/javascript', exec } }];
  return second;
}

const renameRole = (item: Item): void => setBody(item, { name: 'Reviewer {{$timestamp}}' });

function setBody(item: Item, values: object): void {
  const body = JSON.parse(item.request.body?.raw ?? '{}') as object;
  item.request.body = {
    ...item.request.body,
    raw: JSON.stringify({ ...body, ...values }, null, 2),
  };
}
