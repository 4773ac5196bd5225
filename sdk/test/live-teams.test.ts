import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient } from '../src/index.ts';
import { apiKey, type RunningServer, startServer } from './server.fixture.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
}, 120_000);
afterAll(() => server?.stop());

const as = (token?: string) => createClient({ url: server.url, apiKey: token });

it('makes a team, adds, invites and removes people, and defines roles', async () => {
  const account = { email: 'ada@example.com', password: 'a long passphrase' };
  const { access_token, user } = await as().auth.register(account);
  const { teams } = as(access_token);
  const team = await teams.create({ name: 'Writers' });
  expect(team).toMatchObject({ role: 'owner', members: { total: 1 } });
  expect((await teams.list()).data).toEqual([team]);
  expect(await teams.update(team.id, { description: 'Words' })).toMatchObject({ name: 'Writers' });

  const role = await teams.roles.create(team.id, {
    name: 'Proof reader',
    permissions: ['content:read'],
  });
  const invited = await teams.members.add(team.id, { email: 'bob@example.com', role: role.name });
  expect(invited).toMatchObject({ status: 'invited', role: 'Proof reader', role_id: role.id });
  const [open] = (await teams.invitations.list(team.id)).data;
  expect(await teams.invitations.resend(team.id, String(open?.id))).toMatchObject({
    id: invited.id,
  });
  await teams.invitations.revoke(team.id, invited.id);
  expect((await teams.members.list(team.id)).pagination.total).toBe(1);

  // Codes are the same in every family.
  await expect(teams.members.remove(team.id, user.id)).rejects.toMatchObject({
    code: 'CONFLICT',
    details: [{ code: 'last_owner' }],
  });
  await expect(teams.accept('cms_invite_unknown')).rejects.toMatchObject({
    code: 'VALIDATION_ERROR',
  });
  await teams.roles.update(team.id, role.id, { name: 'Reader' });
  await teams.roles.delete(team.id, role.id);
  await teams.delete(team.id);
  await expect(teams.get(team.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('manages the members of a project', async () => {
  const account = { email: 'eve@example.com', password: 'a long passphrase' };
  const { user } = await as().auth.register(account);
  const root = as(apiKey);
  await root.collections.create({ name: 'notes', fields: [{ name: 'text', type: 'text' }] });
  // The family of models says in which project it is.
  const { data } = await root.raw.GET('/api/models/{modelKey}/entries', {
    params: { path: { modelKey: 'notes' } },
  });
  const project = String(data?.meta.tenantId);
  const { members } = root;
  expect(await members.get(project, user.id)).toMatchObject({ role: 'author' });
  expect(await members.update(project, user.id, 'editor')).toMatchObject({ role: 'editor' });
  const role = await members.roles.create(project, { name: 'R', permissions: ['audit:read'] });
  expect((await members.roles.get(project, role.id)).permissions).toContain('project:read');
  await members.remove(project, user.id);
  const again = await members.add(project, { user_id: user.id, role: 'R' });
  expect(again).toMatchObject({ status: 'active', role_id: role.id });
  expect((await members.roles.list(project)).data).toMatchObject([{ members: { total: 1 } }]);
});
