import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movableClock } from './accounts.ts';
import { type Reply, startTestServer, type TestServer } from './harness.ts';
import { idsOf, makeKeyOf, makeProject, picking, projects, withinASecond } from './projects.ts';

/** A project renamed, archived, deleted and restored, as two servers on one database see it. */
let server: TestServer;
let second: TestServer;
const clock = movableClock();
const DAY = 86_400;
const at = (id: string) => `${projects}/${id}`;
const collections = '/api/v1/collections';

beforeAll(async () => {
  server = await startTestServer({ clock });
  second = await startTestServer({ clock, databaseUrl: server.databaseUrl });
});
afterAll(async () => {
  await second.close();
  await server.close();
});

const statuses = (replies: readonly Reply[]) => replies.map(({ status }) => status).toSorted();
const both = <T>(ask: (one: TestServer) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 10 }, (_, index) => ask(index % 2 ? server : second)));

/** A project with a collection of one entry, known to both servers. */
async function makeFilled(): Promise<{ id: string; entry: string }> {
  const id = await makeProject(server, { name: 'filled' });
  const body = { name: 'notes', fields: [{ name: 'title', type: 'text' }] };
  await server.ask('POST', collections, { ...picking(id), body });
  const path = `${collections}/notes/entries`;
  const made = await server.ask('POST', path, { ...picking(id), body: { title: 'x' } });
  const entry = `${path}/${made.body['id']}`;
  expect((await second.ask('GET', entry, picking(id))).status).toBe(200);
  return { id, entry };
}

describe('an update', () => {
  it('merges, counts the revision, and refuses an old If-Match', async () => {
    const id = await makeProject(server, { description: 'first' });
    const read = await server.ask('GET', at(id));
    const etag = String(read.headers.get('etag'));
    const put = (body: object) =>
      server.ask('PUT', at(id), { body, headers: { 'if-match': etag } });
    const first = await put({ name: 'New', default_locale: 'de' });
    expect(first.body['data']).toMatchObject({
      name: 'New',
      description: 'first',
      default_locale: 'de',
      revision: 2,
    });
    expect((await put({ name: 'Newer' })).status).toBe(412);
    const patched = await second.ask('PATCH', `/api${at(id)}`, { body: { description: null } });
    expect(patched.body['data']).toMatchObject({ name: 'New', description: null, revision: 3 });
    const unchanged = await second.ask('GET', at(id), {
      headers: { 'if-none-match': String(patched.headers.get('etag')) },
    });
    expect(unchanged.status).toBe(304);
    const status = await server.ask('PUT', at(id), { body: { status: 'closed' } });
    expect([status.status, status.body['error']?.['details']?.[0]?.['field']]).toEqual([
      422,
      'status',
    ]);
  });

  it('lets one of ten writers of one revision win', async () => {
    const id = await makeProject(server);
    const replies = await both((one) =>
      one.ask('PUT', at(id), { body: { name: 'mine' }, headers: { 'if-match': '"1"' } }),
    );
    expect(statuses(replies)).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
  });

  it('is written to the log and the audit log, by whom and what was before', async () => {
    const id = await makeProject(server, { name: 'Before' });
    await server.ask('PUT', at(id), { body: { name: 'After' } });
    const { sql } = server.app.services.database;
    const events = { text: 'select type from events where project_id = $1 order by id' };
    expect(await sql.rows(events, [id])).toEqual([
      { type: 'project.created' },
      { type: 'project.updated' },
    ]);
    const audit = {
      text: `select type, actor_kind, before->>'name' as before, after->>'name' as after from audit_pending
        where project_id = $1 order by position`,
    };
    expect(await sql.rows(audit, [id])).toEqual([
      { type: 'project.created', actor_kind: 'root', before: null, after: 'Before' },
      { type: 'project.updated', actor_kind: 'root', before: 'Before', after: 'After' },
    ]);
  });
});

describe('an archived project', () => {
  it('can be read and nothing else, on every server within a second', async () => {
    const { id, entry } = await makeFilled();
    const own = picking(id);
    await server.ask('PUT', at(id), { body: { status: 'archived' } });
    const patch = () => second.ask('PATCH', entry, { ...own, body: { title: 'y' } });
    const refused = await withinASecond(409, patch);
    expect(refused.body['error']?.['code']).toBe('PROJECT_ARCHIVED');
    for (const [method, path, body] of [
      ['DELETE', entry],
      ['POST', `${collections}/notes/entries/bulk`, { entries: [{ title: 'z' }] }],
      ['POST', '/api/models/notes/entries', { data: { title: 'z' } }],
      ['POST', `${collections}/notes/records`, { data: { title: 'z' } }],
      ['POST', collections, { name: 'more' }],
      ['PATCH', `${collections}/notes`, { label: 'Notes' }],
      ['DELETE', `${collections}/notes`],
    ] as const) {
      const reply = await server.ask(method, path, { ...own, body });
      expect([reply.status, reply.body['code']], `${method} ${path}`).toEqual([
        409,
        'PROJECT_ARCHIVED',
      ]);
    }
    for (const path of [entry, collections, `${collections}/notes/entries`])
      expect((await second.ask('GET', path, own)).status).toBe(200);
    // Taken back, it is as before.
    const back = await server.ask('PUT', at(id), { body: { status: 'active' } });
    expect(back.body['data']).toMatchObject({ status: 'active' });
    await withinASecond(200, patch);
  });
});

describe('a deleted project', () => {
  it('is gone everywhere within a second, with its keys, and comes back whole', async () => {
    const { id, entry } = await makeFilled();
    const own = picking(id);
    const key = await makeKeyOf(server, id);
    expect((await second.ask('GET', entry, { key })).status).toBe(200);
    expect((await server.ask('DELETE', at(id))).status).toBe(204);
    await withinASecond(404, () => second.ask('GET', entry, own));
    await withinASecond(401, () => second.ask('GET', entry, { key }));
    for (const one of [server, second]) {
      expect((await one.ask('GET', at(id))).status).toBe(404);
      expect((await one.ask('PUT', at(id), { body: { name: 'x' } })).status).toBe(404);
      expect((await one.ask('GET', collections, own)).status).toBe(404);
      expect((await one.ask('GET', collections, { key })).status).toBe(401);
      expect(idsOf(await one.ask('GET', `${projects}?limit=100`))).not.toContain(id);
    }
    const deleted = await second.ask('GET', `${projects}?status=deleted`);
    expect(idsOf(deleted)).toEqual([id]);
    expect(deleted.body['data']?.[0]).toHaveProperty('deleted_at');

    const restored = await second.ask('POST', `${at(id)}/restore`);
    expect(restored.status).toBe(200);
    expect(restored.body['data']).not.toHaveProperty('deleted_at');
    await withinASecond(200, () => server.ask('GET', entry, own));
    await withinASecond(200, () => server.ask('GET', entry, { key }));
  });

  it('is deleted once, however many ask', async () => {
    const id = await makeProject(server);
    const replies = await both((one) => one.ask('DELETE', at(id)));
    expect(statuses(replies)).toEqual([204, ...Array.from({ length: 9 }, () => 404)]);
    const restored = await both((one) => one.ask('POST', `${at(id)}/restore`));
    expect(new Set(statuses(restored))).toEqual(new Set([200]));
    expect((await server.ask('GET', at(id))).body['data']).toMatchObject({ revision: 3 });
  });

  it('can be restored until the grace period is over', async () => {
    const [soon, late] = [await makeProject(server), await makeProject(server)];
    for (const id of [soon, late]) await server.ask('DELETE', at(id));
    clock.move(29 * DAY);
    expect((await server.ask('POST', `${at(soon)}/restore`)).status).toBe(200);
    clock.move(DAY + 1);
    expect((await server.ask('POST', `${at(late)}/restore`)).status).toBe(404);
    expect(idsOf(await server.ask('GET', `${projects}?status=deleted`))).not.toContain(late);
  });

  it('is never the default one', async () => {
    const id = String((await server.app.services.projects.find(undefined))?.id);
    const reply = await server.ask('DELETE', at(id));
    expect([reply.status, reply.body['code']]).toEqual([409, 'conflict']);
    expect(reply.body['detail']).toMatch(/default project/);
  });
});

it('writes one project for one Idempotency-Key, and gives the same answer again', async () => {
  const make = () =>
    server.ask('POST', projects, {
      body: { name: 'Once', template: 'blog' },
      headers: { 'idempotency-key': 'one-project' },
    });
  const [first, again] = [await make(), await make()];
  expect([first.status, again.status, again.headers.get('idempotent-replayed')]).toEqual([
    201,
    201,
    'true',
  ]);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('location')).toBe(first.headers.get('location'));
});
