import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditRow } from '@cms/contracts';
import { auth, logIn, password, register, tokensOf } from './accounts.ts';
import { type Reply, rootKey, startTestServer, type TestServer } from './harness.ts';

/** What happened, who did it, from where: every change and every sign-in, seen at once. */
let server: TestServer;
const collections = '/api/v1/collections';

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const itemsOf = ({ body }: Reply): AuditRow[] => body['items'] as unknown as AuditRow[];
const rows = async (query = ''): Promise<AuditRow[]> =>
  itemsOf(await server.ask('GET', `/api/v1/audit?limit=100${query}`));

describe('changes', () => {
  it('of content are there when the reply is, with what changed, from where and by whom', async () => {
    const fields = [
      { name: 'title', type: 'text' },
      { name: 'body', type: 'text' },
    ];
    await server.ask('POST', collections, { body: { name: 'notes', fields } });
    const made = await server.ask('POST', `${collections}/notes/entries`, {
      body: { title: 'a', body: 'same' },
      headers: { 'x-request-id': 'audit-create', 'user-agent': 'audit test' },
    });
    const id = String(made.body['id']);
    await server.ask('PATCH', `${collections}/notes/entries/${id}`, { body: { title: 'b' } });
    await server.ask('DELETE', `${collections}/notes/entries/${id}`);
    const [deleted, updated, created] = await rows(`&resource_id=${id}`);
    const whole = { title: 'a', body: 'same' };
    expect(created).toMatchObject({
      event_type: 'entry.created',
      actor: { kind: 'key' },
      ip_address: '127.0.0.1',
      request_id: 'audit-create',
      resource: { type: 'entry', id },
      details: { version: 1 },
      before: null,
      after: whole,
    });
    expect(updated).toMatchObject({ before: { title: 'a' }, after: { title: 'b' } });
    expect(updated?.after).not.toHaveProperty('body');
    expect(deleted).toMatchObject({ before: { ...whole, title: 'b' }, after: null });
    expect(created?.user_id).toMatch(/^key_/);
  });

  it('of many entries at once are a row each', async () => {
    const entries = Array.from({ length: 25 }, (_, index) => ({ title: `bulk ${index}` }));
    const made = await server.ask('POST', `${collections}/notes/entries/bulk`, {
      body: { entries },
      headers: { 'x-request-id': 'audit-bulk' },
    });
    const ids = (made.body['items'] as unknown as { id: string }[]).map(({ id }) => id);
    const found = await rows('&request_id=audit-bulk');
    expect(found.map(({ resource }) => resource?.id).toSorted()).toEqual(ids.toSorted());
  });

  it('of the schema hold both definitions', async () => {
    await server.ask('POST', collections, { body: { name: 'plans', label: 'P' } });
    await server.ask('PATCH', `${collections}/plans`, { body: { label: 'Plans' } });
    await server.ask('DELETE', `${collections}/plans`);
    const [deleted, updated, created] = await rows('&event_type=collection.*');
    expect(created).toMatchObject({ before: null, after: { name: 'plans', label: 'P' } });
    expect(updated).toMatchObject({ before: { label: 'P' }, after: { label: 'Plans' } });
    expect(deleted).toMatchObject({ before: { name: 'plans' }, after: null });
  });

  it('that were rolled back never happened', async () => {
    const before = (await rows()).length;
    const field = { name: 'x', type: 'nonsense' };
    const bad = await server.ask('POST', collections, { body: { name: 'bad', fields: [field] } });
    expect(bad.status).toBe(422);
    expect((await rows()).length).toBe(before);
  });
});

describe('sign-ins', () => {
  it('are recorded with their account, failed ones with the address that was tried', async () => {
    const tokens = await register(server, 'ada@example.com');
    await logIn(server, 'ada@example.com');
    await logIn(server, 'ada@example.com', 'WrongPass1234');
    await logIn(server, 'nobody@example.com', 'WrongPass1234');
    await auth(server, 'refresh', { refresh_token: tokens.refresh });
    await auth(server, 'refresh', { refresh_token: tokens.refresh });
    const found = await rows('&event_type=auth.*');
    expect(found.map(({ event_type, severity }) => [event_type, severity])).toEqual([
      ['auth.refresh_reused', 'critical'],
      ['auth.login_failed', 'warning'],
      ['auth.login_failed', 'warning'],
      ['auth.login', 'info'],
      ['auth.registered', 'info'],
    ]);
    expect(found[1]).toMatchObject({
      user_id: null,
      outcome: 'failure',
      resource: null,
      details: { email: 'nobody@example.com' },
    });
    expect(found[2]?.resource).toEqual({ type: 'account', id: tokens.id });
    expect(found[3]).toMatchObject({
      user_id: tokens.id,
      actor: { kind: 'user', email: 'ada@example.com' },
    });
  });

  it('and all the rest hold no secret', async () => {
    const email = 'careful@example.com';
    const { access, refresh } = await register(server, email);
    const change = { current_password: password, new_password: 'ChangedPass123' };
    await server.ask('POST', '/api/v1/auth/change-password', { key: access, body: change });
    const next = tokensOf(await auth(server, 'refresh', { refresh_token: refresh }));
    await server.ask('POST', '/api/v1/auth/logout', { key: next.access, body: {} });
    await rows();
    const { sql } = server.app.services.database;
    const stored = JSON.stringify(
      await sql.rows({ text: 'select l::text, h::text from audit_log l, audit_heads h' }, []),
    );
    expect(stored).toContain(email);
    for (const secret of [password, 'ChangedPass123', 'WrongPass1234', access, refresh, rootKey])
      expect(stored).not.toContain(secret);
  });
});

describe('refusals', () => {
  it('are recorded, a flood of the same ones as one with its number', async () => {
    const { access: key } = await register(server, 'author@example.com');
    const body = { name: 'not_mine' };
    for (let round = 0; round < 20; round += 1) {
      expect((await server.ask('POST', collections, { key, body })).status).toBe(403);
      expect((await server.ask('GET', collections, { key: 'cms_root_wrong' })).status).toBe(401);
    }
    await rows();
    const found = await rows('&event_type=access.*&outcome=denied');
    const told = found.map(({ event_type, details }) => [event_type, details?.['operation']]);
    expect(told).toContainEqual(['access.forbidden', 'POST /api/v1/collections']);
    expect(told).toContainEqual(['access.unauthorized', 'GET /api/v1/collections']);
    expect(found.length).toBeLessThan(6);
    expect(found[0]?.severity).toBe('warning');
  });

  it('of a whole scan are bounded', async () => {
    const before = (await rows('&event_type=access.*')).length;
    await Promise.all(
      Array.from({ length: 1500 }, (_, index) =>
        server.ask('GET', `/scan-${index}/${'x'.repeat(300)}`, { key: 'cms_root_wrong' }),
      ),
    );
    const listed = await server.ask('GET', '/api/v1/audit?event_type=access.*&limit=1');
    expect(Number(listed.body['total']) - before).toBeLessThan(1010);
  });
});

describe('reading', () => {
  it('is for who may, and says nothing of other projects', async () => {
    const { access: key } = await register(server, 'curious@example.com');
    for (const path of ['', '/security', '/statistics', '/verify']) {
      expect((await server.ask('GET', `/api/v1/audit${path}`, { key })).status).toBe(403);
      expect((await server.ask('GET', `/api/v1/audit${path}`, { key: null })).status).toBe(401);
    }
    const { sql } = server.app.services.database;
    const other = 'proj_01kaj5cz5rf4q9t2jw2hq5m8e3';
    const text = `insert into projects (id, name, created_at, updated_at) values ($1, 'Other', now(), now())`;
    await sql.rows({ text }, [other]);
    const headers = { 'x-project-id': other };
    const foreign = await server.ask('GET', '/api/v1/audit', { headers });
    expect(foreign.body['total']).toBe(0);
    const [mine] = await rows();
    const path = `/api/v1/audit/${mine?.id}`;
    expect((await server.ask('GET', path)).body).toMatchObject({ id: mine?.id, seq: mine?.seq });
    expect((await server.ask('GET', path, { headers })).status).toBe(404);
  });

  it('finds by every filter', async () => {
    const all = await rows();
    const entry = all.find(({ event_type }) => event_type === 'entry.created') as AuditRow;
    const today = entry.created.slice(0, 10);
    const total = async (query: string) =>
      Number((await server.ask('GET', `/api/v1/audit?limit=1&${query}`)).body['total']);
    const everything = await total('');
    expect(await total(`event_type=entry.created,entry.deleted`)).toBeGreaterThan(25);
    expect(await total('event_type=entry.nothing')).toBe(0);
    expect(await total('severity=critical')).toBe(1);
    expect(await total(`user_id=${entry.user_id}`)).toBeGreaterThan(25);
    expect(await total('ip_address=127.0.0.1')).toBe(everything);
    expect(await total('ip_address=203.0.113.7')).toBe(0);
    expect(await total(`from_date=${today}&to_date=${today}`)).toBe(everything);
    expect(await total('to_date=2020-01-01')).toBe(0);
    expect(await total(`from_date=${entry.created}&to_date=${entry.created}`)).toBeGreaterThan(0);
    expect(await total(`resource_type=entry`)).toBeLessThan(everything);
    const bad = await server.ask('GET', '/api/v1/audit?from_date=yesterday');
    expect(bad.status).toBe(400);
    const injected = await server.ask(
      'GET',
      `/api/v1/audit?user_id=${encodeURIComponent("' or 1=1 --")}`,
    );
    expect(injected.body['total']).toBe(0);
  });

  it('tells security events from the rest, and counts', async () => {
    const security = await server.ask('GET', '/api/v1/audit/security?severity=critical');
    expect(itemsOf(security).map(({ event_type }) => event_type)).toEqual(['auth.refresh_reused']);
    const listed = itemsOf(await server.ask('GET', '/api/v1/audit/security?limit=100'));
    const kinds = new Set(listed.map(({ event_type }) => event_type.split('.')[0]));
    expect([...kinds].toSorted()).toEqual(['access', 'auth']);
    const { body } = await server.ask('GET', '/api/v1/audit/statistics');
    const total = Number(body['total']);
    const sum = (key: string) =>
      Object.values(body[key] as unknown as Record<string, number>).reduce((a, b) => a + b, 0);
    for (const key of ['by_type', 'by_severity', 'by_outcome', 'by_day'])
      expect(sum(key)).toBe(total);
    expect(body['by_severity']?.['critical']).toBe(1);
    const none = await server.ask('GET', '/api/v1/audit/statistics?to_date=2020-01-31');
    expect(none.body).toMatchObject({
      total: 0,
      by_day: {},
      from: '2020-01-01T00:00:00.000Z',
      to: '2020-01-31T00:00:00.000Z',
    });
  });
});
