import type { ProjectRole } from '@cms/contracts';
import { logIn, password, register, type Tokens, tokensOf } from './accounts.ts';
import type { Reply, TestServer } from './harness.ts';

export const apiKeys = '/api/v1/api-keys';

/** A key that was made, with the reply that showed it. */
export interface Made {
  readonly id: string;
  readonly key: string;
  readonly reply: Reply;
}

/** Makes a key, as the root key unless another is given. */
export async function makeKey(server: TestServer, body: object, key?: string): Promise<Made> {
  const ask = { body: { name: 'k', ...body }, ...(key === undefined ? {} : { key }) };
  const reply = await server.ask('POST', apiKeys, ask);
  return { id: String(reply.body['id']), key: String(reply.body['key']), reply };
}

/** Gives an account a role in the default project: the table, then the word to all servers. */
export async function setRole(
  server: TestServer,
  accountId: string,
  role: ProjectRole | null,
): Promise<void> {
  const { sql } = server.app.services.database;
  const text = role
    ? 'update project_members set role = $2 where account_id = $1'
    : 'delete from project_members where account_id = $1';
  await sql.rows({ text }, role ? [accountId, role] : [accountId]);
  await sql.rows({ text: `select pg_notify('cms_accounts', $1)` }, [accountId]);
}

/** An account with a role in the default project. */
export async function member(
  server: TestServer,
  email: string,
  role: ProjectRole,
): Promise<Tokens> {
  const { id } = await register(server, email);
  await setRole(server, id, role);
  return tokensOf(await logIn(server, email, password));
}

/** Asks until the wanted status comes, and says how many milliseconds that took. */
export async function untilStatus(
  wanted: number,
  ask: () => Promise<{ readonly status: number }>,
): Promise<number> {
  const begun = performance.now();
  for (let reply = await ask(); reply.status !== wanted; reply = await ask())
    if (performance.now() - begun > 5000) throw new Error(`It still answers ${reply.status}.`);
  return performance.now() - begun;
}

/** Asks until what it gives is as wanted. */
export async function until<T>(ask: () => Promise<T>, wanted: (found: T) => boolean): Promise<T> {
  const begun = performance.now();
  for (let found = await ask(); ; found = await ask()) {
    if (wanted(found)) return found;
    if (performance.now() - begun > 5000) throw new Error(`Still ${JSON.stringify(found)}.`);
  }
}

export const statuses = (replies: readonly Reply[]): number[] =>
  replies.map(({ status }) => status);

/** The bad values that a refusal names: each with its place and its code. */
export const refusedAt = ({ body }: Reply): string[][] => {
  const details = (body['error']?.['details'] ?? []) as unknown as {
    field: string;
    code: string;
  }[];
  return details.map(({ field, code }) => [field, code]);
};
