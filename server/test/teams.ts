import { auth, register, type Tokens } from './accounts.ts';
import { mailedToken } from './mail-folder.ts';
import type { Reply, TestServer } from './harness.ts';

/** A reply's envelope, opened. */
export const dataOf = ({ body }: Reply): Record<string, unknown> =>
  body['data'] as unknown as Record<string, unknown>;

/** The items of a list. */
export const itemsOf = ({ body }: Reply): Record<string, unknown>[] =>
  body['data'] as unknown as Record<string, unknown>[];

/** The statuses of replies, in their order. */
export const statusesOf = (replies: readonly Reply[]): number[] =>
  replies.map(({ status }) => status);

/** A status and its body without what differs by request. */
export const wordsOf = ({ status, text }: Reply): unknown[] => [
  status,
  text.replace(/"request_id":"[^"]*"/, ''),
];

/** Makes a team with the account's token, or the root key. */
export async function makeTeam(server: TestServer, key?: string): Promise<string> {
  const ask = { body: { name: 'My Team' }, ...(key === undefined ? {} : { key }) };
  return String(dataOf(await server.ask('POST', '/v1/teams', ask))['id']);
}

/** Makes an account a member, with the root key. */
export async function addTo(
  server: TestServer,
  path: string,
  user_id: string,
  role: string,
): Promise<void> {
  const reply = await server.ask('POST', `${path}/members`, { body: { user_id, role } });
  if (reply.status !== 201) throw new Error(reply.text);
}

/** Registers an account whose address is verified. */
export async function registerVerified(server: TestServer, email: string): Promise<Tokens> {
  const tokens = await register(server, email);
  await auth(server, 'verify-email', {
    token: await mailedToken(server.dataDir, 'verify', email),
  });
  return tokens;
}
