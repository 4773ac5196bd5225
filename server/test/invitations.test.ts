import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  auth,
  logIn,
  movableClock,
  password,
  register,
  type Tokens,
  tokensOf,
} from './accounts.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { mailedToken, mailedTokens } from './mail-folder.ts';
import { dataOf, itemsOf, makeTeam, registerVerified, statusesOf, wordsOf } from './teams.ts';

/** Invitations by mail, from the first to the last token. */
const clock = movableClock();
const WEEK = 7 * 86_400;
let server: TestServer;
let owner: Tokens;
let team: string;
beforeAll(async () => {
  server = await startTestServer({ clock });
  owner = await register(server, 'owner@example.com');
  team = `/v1/teams/${await makeTeam(server, owner.access)}`;
});
afterAll(() => server.close());

const invite = (email: string, role = 'editor', path = team) =>
  server.ask('POST', `${path}/members`, { key: owner.access, body: { email, role } });
const accept = (key: string, token: string) =>
  server.ask('POST', '/v1/invitations/accept', { key, body: { token } });
const tokenFor = (email: string, count = 1) => mailedToken(server.dataDir, 'invite', email, count);
const owned = (method: string, path: string) => server.ask(method, path, { key: owner.access });

/** Makes an account forget where it is, so that the owner does not know it. */
async function hide(accountId: string): Promise<void> {
  const text = 'delete from project_members where account_id = $1';
  await server.app.services.database.sql.rows({ text }, [accountId]);
}

it('invites an unknown address, which registers, accepts and is verified by it', async () => {
  const invited = await invite('Ada@example.com');
  expect(invited.status).toBe(201);
  expect(dataOf(invited)).toEqual({
    id: expect.stringMatching(/^inv_/),
    user_id: null,
    email: 'Ada@example.com',
    name: null,
    role: 'editor',
    role_id: null,
    status: 'invited',
    joined_at: null,
    invited_at: clock.now().toISOString(),
    expires_at: new Date(clock.now().getTime() + WEEK * 1000).toISOString(),
  });
  const token = await tokenFor('Ada@example.com');
  const ada = await register(server, 'ada@example.com');
  const reply = await accept(ada.access, token);
  expect([reply.status, dataOf(reply)]).toEqual([
    200,
    { type: 'team', id: team.slice('/v1/teams/'.length), name: 'My Team', role: 'editor' },
  ]);
  const me = await server.ask('GET', '/api/v1/auth/me', { key: ada.access });
  expect(me.body['verified']).toBe(true);
  expect((await server.ask('GET', team, { key: ada.access })).status).toBe(200);
  // Once, and then it is no invitation any more.
  const again = await accept(ada.access, token);
  expect([again.status, again.body['error']?.['details']]).toMatchObject([
    422,
    [{ field: 'token', code: 'token' }],
  ]);
  expect(itemsOf(await owned('GET', `${team}/invitations`))).toEqual([]);
});

it('keeps tokens as hashes and shows them to nobody', async () => {
  const reply = await invite('hash@example.com');
  const token = await tokenFor('hash@example.com');
  const list = await owned('GET', `${team}/invitations`);
  expect(reply.text + list.text).not.toContain(token);
  const rows = await server.app.services.database.sql.rows(
    { text: 'select i::text, (select jsonb_agg(p)::text from audit_pending p) from invitations i' },
    [],
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(token);
});

it('is for the invited address alone', async () => {
  await invite('right@example.com');
  const token = await tokenFor('right@example.com');
  const wrong = await register(server, 'wrong@example.com');
  expect((await accept(wrong.access, token)).status).toBe(403);
  expect((await server.ask('GET', team, { key: wrong.access })).status).toBe(404);
  const register_ = { email: 'other@example.com', password, invitation_token: token };
  expect((await auth(server, 'register', register_)).status).toBe(403);
  expect((await server.ask('POST', '/v1/invitations/accept', { body: { token } })).status).toBe(
    403,
  );
  const right = await register(server, 'right@example.com');
  expect((await accept(right.access, token)).status).toBe(200);
});

describe('a token is dead', () => {
  const dead = async (email: string, token: string) => {
    const body = { email, password, invitation_token: token };
    const reply = await auth(server, 'register', body);
    expect([reply.status, reply.body['error']?.['details']]).toMatchObject([
      422,
      [{ field: 'invitation_token', code: 'token' }],
    ]);
  };

  it('after seven days', async () => {
    await invite('late@example.com');
    const token = await tokenFor('late@example.com');
    clock.move(WEEK + 1);
    owner = tokensOf(await logIn(server, 'owner@example.com'));
    await dead('late@example.com', token);
    const list = itemsOf(await owned('GET', `${team}/invitations`));
    expect(list.map((each) => each['email'])).not.toContain('late@example.com');
  });

  it('when it was revoked, by the invitation or by the member', async () => {
    for (const [email, folder] of [
      ['one@example.com', 'invitations'],
      ['two@example.com', 'members'],
    ] as const) {
      const { id } = dataOf(await invite(email));
      const token = await tokenFor(email);
      const path = `${team}/${folder}/${id}`;
      expect((await owned('GET', `${team}/members/${id}`)).status).toBe(200);
      expect(statusesOf([await owned('DELETE', path), await owned('DELETE', path)])).toEqual([
        204, 404,
      ]);
      await dead(email, token);
    }
  });

  it('when the address was invited again, or the invitation sent again', async () => {
    // Each mail is waited for: one that is not sent yet when the next is asked for never is.
    const first = dataOf(await invite('again@example.com', 'viewer'));
    const oldest = await tokenFor('again@example.com');
    const second = dataOf(await invite('AGAIN@example.com', 'author'));
    const middle = await tokenFor('AGAIN@example.com');
    expect(second).toMatchObject({ id: first['id'], role: 'author' });
    const resent = await owned('POST', `${team}/invitations/${first['id']}/resend`);
    expect([resent.status, dataOf(resent)]).toMatchObject([200, { role: 'author' }]);
    const newest = await tokenFor('AGAIN@example.com', 2);
    for (const token of [oldest, middle]) await dead('again@example.com', token);
    const body = { email: 'again@example.com', password, invitation_token: newest };
    const joined = await auth(server, 'register', body);
    expect([joined.status, joined.body['user']?.['verified']]).toEqual([201, true]);
    const key = tokensOf(joined).access;
    expect(dataOf(await server.ask('GET', team, { key }))['role']).toBe('author');
  });

  it('when who invited was removed or has another role', async () => {
    const admin = await register(server, 'admin@example.com');
    const add = { user_id: admin.id, role: 'admin' };
    await server.ask('POST', `${team}/members`, { key: owner.access, body: add });
    const body = { email: 'backdoor@example.com', role: 'admin' };
    await server.ask('POST', `${team}/members`, { key: admin.access, body });
    const token = await tokenFor('backdoor@example.com');
    expect((await owned('DELETE', `${team}/members/${admin.id}`)).status).toBe(204);
    await dead('backdoor@example.com', token);
  });
});

it('tells nobody who has an account: unknown, unverified and unseen ones are invited alike', async () => {
  const unseen = await registerVerified(server, 'unseen@example.com');
  await hide(unseen.id);
  await register(server, 'unverified@example.com');
  const replies = await Promise.all(
    ['unseen', 'unverified', 'nobody'].map(async (name) => {
      const [status, text] = wordsOf(await invite(`${name}@example.com`));
      return [
        status,
        String(text)
          .replace(name, '')
          .replace(/inv_\w+/, ''),
      ];
    }),
  );
  expect(replies[1]).toEqual(replies[0]);
  expect(replies[2]).toEqual(replies[0]);
  // The root key sees all accounts, and adds the verified one at once.
  const body = { email: 'unseen@example.com', role: 'viewer' };
  const added = await server.ask('POST', `${team}/members`, { body });
  expect(dataOf(added)).toMatchObject({ status: 'active', user_id: unseen.id });
  const list = itemsOf(await owned('GET', `${team}/invitations`));
  expect(list.map((each) => each['email'])).not.toContain('unseen@example.com');
});

it('adds a verified colleague at once by address, and refuses who is there', async () => {
  const colleague = await registerVerified(server, 'colleague@example.com');
  const added = await invite('Colleague@example.com');
  expect(dataOf(added)).toMatchObject({ status: 'active', id: colleague.id });
  const again = await invite('colleague@example.com');
  expect([again.status, again.body['error']?.['details']]).toMatchObject([
    409,
    [{ field: 'email', code: 'unique' }],
  ]);
});

it('lets the role of an invitation be changed, within one own', async () => {
  const { id } = dataOf(await invite('changed@example.com', 'viewer'));
  const put = await server.ask('PUT', `${team}/members/${id}`, {
    key: owner.access,
    body: { role: 'admin' },
  });
  expect([put.status, dataOf(put)]).toMatchObject([200, { status: 'invited', role: 'admin' }]);
});

it('slows down who mails one address again and again', async () => {
  const replies = [];
  for (let count = 0; count < 6; count += 1) replies.push(await invite('often@example.com'));
  expect(statusesOf(replies)).toContain(429);
});

describe('where registering needs an invitation', () => {
  it('lets in who has one, and gives what it invites to and no more', async () => {
    const shut = await startTestServer({ config: { registration: 'invite' } });
    const boss = { email: 'boss@example.com', password };
    const admin = tokensOf(await shut.ask('POST', '/api/v1/auth/register', { body: boss }));
    const path = `/v1/teams/${await makeTeam(shut, admin.access)}`;
    const email = 'invited@example.com';
    const post = { key: admin.access, body: { email, role: 'viewer' } };
    expect((await shut.ask('POST', `${path}/members`, post)).status).toBe(201);
    const token = await mailedToken(shut.dataDir, 'invite', email);
    const attempt = (more: object) => auth(shut, 'register', { email, password, ...more });
    expect(
      statusesOf([
        await attempt({}),
        await attempt({ invitation_token: 'cms_invite_guessed' }),
        await attempt({ email: 'x@example.com', invitation_token: token }),
        await attempt({ password: 'password', invitation_token: token }),
      ]),
    ).toEqual([403, 422, 403, 422]);
    const joined = await attempt({ invitation_token: token });
    expect([joined.status, joined.body['user']]).toMatchObject([201, { verified: true }]);
    const key = tokensOf(joined).access;
    expect(dataOf(await shut.ask('GET', path, { key }))['role']).toBe('viewer');
    // The default project is not what it was invited to.
    expect((await shut.ask('GET', '/api/v1/collections', { key })).status).toBe(403);
    expect(mailedTokens(shut.dataDir, 'verify', email)).toEqual([]);
    await shut.close();
  });

  it('lets nobody in where it is closed', async () => {
    const closed = await startTestServer({ config: { registration: 'closed' } });
    const body = { email: 'x@example.com', password, invitation_token: 'cms_invite_x' };
    expect((await auth(closed, 'register', body)).status).toBe(403);
    await closed.close();
  });
});

it('invites to the default project with the role that was said, not that of everybody', async () => {
  const project = await server.app.services.projects.find(undefined);
  const path = `/v1/projects/${project?.id}`;
  const body = { email: 'reader@example.com', role: 'viewer' };
  expect((await server.ask('POST', `${path}/members`, { body })).status).toBe(201);
  const invitation_token = await tokenFor('reader@example.com');
  const reply = await auth(server, 'register', { email: body.email, password, invitation_token });
  const { access: key, id } = tokensOf(reply);
  const member = await server.ask('GET', `${path}/members/${id}`, { key });
  expect(dataOf(member)).toMatchObject({ role: 'viewer' });
});
