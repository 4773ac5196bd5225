import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../src/index.ts';
import { apiKey, type RunningServer, startServer } from './server.fixture.ts';

describe('accounts through the client', () => {
  let server: RunningServer;
  const credentials = { email: 'ada@example.com', password: 'a long passphrase' };
  const as = (token?: string) => createClient({ url: server.url, apiKey: token });

  beforeAll(async () => {
    server = await startServer();
  }, 120_000);
  afterAll(() => server?.stop());

  it('registers, logs in, asks who that is, and writes content as that account', async () => {
    const made = await as().auth.register(credentials);
    expect(made).toMatchObject({ token_type: 'bearer', user: { email: credentials.email } });
    const { access_token } = await as().auth.login(credentials);
    const client = as(access_token);
    expect(await client.auth.me()).toMatchObject({ id: made.user.id, role: 'user' });
    await as(apiKey).collections.create({
      name: 'notes',
      fields: [{ name: 'text', type: 'text' }],
    });
    const note = await client.entries('notes').create({ text: 'mine' });
    expect(note.data).toEqual({ text: 'mine' });
    await expect(client.collections.create({ name: 'other' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('refreshes once, lists sessions and ends them', async () => {
    const { refresh_token } = await as().auth.login(credentials);
    const fresh = await as().auth.refresh(refresh_token);
    const client = as(fresh.access_token);
    expect((await client.auth.sessions.list()).length).toBeGreaterThan(1);
    await client.auth.sessions.endOthers();
    expect(await client.auth.sessions.list()).toHaveLength(1);
    await client.auth.logout();
    await expect(client.auth.me()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(as().auth.refresh(fresh.refresh_token)).rejects.toMatchObject({ status: 401 });
  });

  it('changes a password, and refuses the old one', async () => {
    const { access_token } = await as().auth.login(credentials);
    await as(access_token).auth.changePassword({
      current_password: credentials.password,
      new_password: 'another long passphrase',
    });
    await expect(as().auth.login(credentials)).rejects.toMatchObject({ status: 401 });
    const said = await as().auth.forgotPassword('nobody@example.com');
    expect(said.message.length).toBeGreaterThan(10);
  });

  it('manages users, and each itself', async () => {
    const { users } = as(apiKey);
    const made = await users.create({ email: 'eve@example.com', password: credentials.password });
    expect(made).toMatchObject({ type: 'user', attributes: { role: 'user', active: true } });
    const { access_token } = await as().auth.login({ ...credentials, email: 'eve@example.com' });
    const eve = as(access_token).users;
    expect(await eve.get('me')).toMatchObject({ id: made.id });
    const named = await eve.update('me', { name: 'Eve' });
    expect(named.attributes).toMatchObject({ name: 'Eve' });
    await expect(eve.update('me', { role: 'admin' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(users.create({ email: 'no address' })).rejects.toMatchObject({
      status: 400,
      details: [{ field: 'email' }],
    });
    const emails = [];
    for await (const { attributes } of users.iterate({ limit: 1 })) emails.push(attributes.email);
    expect(emails.toSorted()).toEqual([credentials.email, 'eve@example.com']);
    expect((await users.list({ active: true, role: 'admin' })).meta.total).toBe(0);
    await users.delete(made.id);
    await expect(users.get(made.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('explains what may be done', async () => {
    const { access_token } = await as().auth.register({ ...credentials, email: 'joe@example.com' });
    const { permissions } = as(access_token);
    const mine = await permissions.explain({ action: 'update', collection: 'notes' });
    expect(mine).toMatchObject({ allowed: true, permission: { own_only: true, by: ['author'] } });
    expect(mine.fields.map(({ name }) => name)).toEqual(['text']);
  });
});
