import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { mailedToken, mailedTokens } from './mail-folder.ts';
import { dataOf, itemsOf, makeTeam, statusesOf } from './teams.ts';

/** ETags, If-Match and Idempotency-Key of teams, members and roles. */
let server: TestServer;
let team: string;
beforeAll(async () => {
  server = await startTestServer();
  team = `/v1/teams/${await makeTeam(server)}`;
});
afterAll(() => server.close());

const make = async (path: string, body: object): Promise<string> =>
  `${team}${path}/${dataOf(await server.ask('POST', team + path, { body }))['id']}`;

it.each([
  ['a team', () => Promise.resolve(team), { name: 'Other' }, { name: 'Third' }],
  [
    'a role',
    () => make('/roles', { name: 'Reader', permissions: [] }),
    { name: 'Other' },
    { name: 'Third' },
  ],
  [
    'who is invited',
    () => make('/members', { email: 'ann@example.com', role: 'viewer' }),
    { role: 'editor' },
    { role: 'author' },
  ],
])('refuses to change or delete %s that was changed since it was read', async (_, at, one, two) => {
  const path = await at();
  const read = await server.ask('GET', path);
  const etag = String(read.headers.get('etag'));
  const notAgain = { headers: { 'if-none-match': etag } };
  expect((await server.ask('GET', path, notAgain)).status).toBe(304);
  const put = (body: object, ifMatch: string) =>
    server.ask('PUT', path, { body, headers: { 'if-match': ifMatch } });
  const first = await put(one, etag);
  expect(statusesOf([first, await put(two, etag), await put(two, '"other"')])).toEqual([
    200, 412, 412,
  ]);
  const remove = (ifMatch: string) =>
    server.ask('DELETE', path, { headers: { 'if-match': ifMatch } });
  expect((await remove(etag)).status).toBe(412);
  if (path !== team) {
    const now = String((await server.ask('GET', path)).headers.get('etag'));
    expect(now).toBe(first.headers.get('etag'));
    expect((await remove(now)).status).toBe(204);
  }
});

it('invites once for one Idempotency-Key', async () => {
  const ask = {
    body: { email: 'once@example.com', role: 'viewer' },
    headers: { 'idempotency-key': 'invite-once' },
  };
  const first = await server.ask('POST', `${team}/members`, ask);
  await mailedToken(server.dataDir, 'invite', 'once@example.com');
  const second = await server.ask('POST', `${team}/members`, ask);
  expect(second.headers.get('idempotent-replayed')).toBe('true');
  expect(second.text).toBe(first.text);
  expect(second.headers.get('location')).toBe(first.headers.get('location'));
  expect(itemsOf(await server.ask('GET', `${team}/invitations`))).toHaveLength(1);
  expect(mailedTokens(server.dataDir, 'invite', 'once@example.com')).toHaveLength(1);
});

it('records what happened, in the transaction of what it tells about', async () => {
  const rows = await server.app.services.database.sql.rows<{ type: string; kind: string }>(
    { text: 'select type, resource_type as kind from audit_pending where resource_id = $1' },
    [team.slice('/v1/teams/'.length)],
  );
  const types = new Set(rows.map(({ type }) => type));
  for (const type of [
    'team.created',
    'team.updated',
    'role.created',
    'role.updated',
    'role.deleted',
  ])
    expect(types).toContain(type);
  for (const type of ['invitation.created', 'invitation.updated', 'invitation.revoked'])
    expect(types).toContain(type);
  expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['team']));
});
