import { makeKey } from './keys.ts';
import type { Ask, Reply, TestServer } from './harness.ts';

export const projects = '/v1/projects';

/** A project of the root key unless another asks; gives its id. */
export async function makeProject(
  server: TestServer,
  body: object = {},
  ask: Ask = {},
): Promise<string> {
  const reply = await server.ask('POST', projects, {
    ...ask,
    body: { name: 'A project', ...body },
  });
  if (reply.status !== 201) throw new Error(reply.text);
  return String(reply.body['data']?.['id']);
}

/** The header that picks a project. */
export const picking = (projectId: string) => ({ headers: { 'x-project-id': projectId } });

/** Ids of the projects that a list shows. */
export const idsOf = ({ body }: Reply): string[] =>
  (body['data'] as unknown as { id: string }[]).map(({ id }) => id);

/** A key of a project that may do everything there. */
export async function makeKeyOf(server: TestServer, projectId: string): Promise<string> {
  const body = { project_id: projectId, scopes: ['admin'] };
  return (await makeKey(server, body)).key;
}

/** A team with members by account id, as its table has them. */
export async function makeTeam(
  server: TestServer,
  roles: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { database, newId } = server.app.services;
  const id = newId('team');
  const team = {
    text: `insert into teams (id, name, created_at, updated_at) values ($1, 'T', now(), now())`,
  };
  await database.sql.rows(team, [id]);
  const member = {
    text: 'insert into team_members (account_id, team_id, role, created_at) values ($1, $2, $3, now())',
  };
  for (const [account, role] of Object.entries(roles))
    await database.sql.rows(member, [account, id, role]);
  return id;
}

/** Asks until the wanted status comes; throws when it takes longer than other servers may. */
export async function withinASecond<R extends Pick<Reply, 'status'>>(
  wanted: number,
  ask: () => Promise<R>,
): Promise<R> {
  const begun = performance.now();
  for (;;) {
    const reply = await ask();
    if (reply.status === wanted) return reply;
    if (performance.now() - begun > 1000) throw new Error(`It still answers ${reply.status}.`);
  }
}
